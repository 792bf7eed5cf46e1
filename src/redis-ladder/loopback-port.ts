import { createServer } from 'node:net'

/** A free TCP port of 127.0.0.1: `preferred` when nobody listens there, else one of the system's choice. */
export const loopbackPort = async (preferred?: number): Promise<number> =>
  preferred === undefined ? probe(0) : probe(preferred).catch(() => probe(0))

const probe = (port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address !== null && typeof address === 'object'
          ? resolve(address.port)
          : reject(new Error('No loopback port.')),
      )
    })
  })

import type { FastifyInstance } from 'fastify'

/** Method and path of every route, as the router knows them, without those that follow by themselves. */
export const routesOf = (app: FastifyInstance): string[] => {
  const found: string[] = []
  const stack: string[] = []
  for (const line of app.printRoutes({ commonPrefix: false, includeHooks: false }).split('\n')) {
    const match = /^([│\s]*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/.exec(line)
    if (!match) continue
    const [, indent = '', part = '', methods = ''] = match
    stack.length = indent.length / 4
    stack.push(part)
    for (const method of methods.split(', ')) if (method !== '') found.push(`${method} ${stack.join('')}`)
  }
  return found.filter((route) => !/^(OPTIONS|HEAD|TRACE|QUERY) /.test(route))
}

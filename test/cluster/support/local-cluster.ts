import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { awaitPing } from '../../../src/redis-ladder/answers-ping.ts'
import { findOnPath } from '../../../src/redis-ladder/find-on-path.ts'
import { loopbackPort } from '../../../src/redis-ladder/loopback-port.ts'
import { eventually } from '../../integration/support/eventually.ts'

const NODES = 3
const SLOTS = 16_384

interface Node {
  readonly port: number
  /** Of the bus on which the nodes talk to each other. */
  readonly busPort: number
  readonly child: ChildProcess
  readonly redis: Redis
}

export interface LocalCluster {
  /** As REDIS_URL takes it. */
  readonly url: string
  readonly nodes: readonly Redis[]
  close(): Promise<void>
}

/** Null: none on PATH, so there can be no cluster. */
export const redisServer = findOnPath(['redis-server'], process.env.PATH ?? '')

/** Three nodes that share all slots, without replicas. */
export async function startLocalCluster(binary: string): Promise<LocalCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'cluster-'))
  const nodes: Node[] = []
  for (let index = 0; index < NODES; index++) nodes.push(await startNode(binary, join(folder, String(index))))
  await Promise.all(nodes.map(({ redis }, index) => redis.cluster('ADDSLOTS', ...slotsOf(index))))
  const [first, ...others] = nodes
  for (const { port, busPort } of others) await first?.redis.call('CLUSTER', 'MEET', '127.0.0.1', port, busPort)
  await eventually(async () => (await Promise.all(nodes.map(seesAll))).every(Boolean), 20_000)
  return {
    url: `redis+cluster://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}`,
    nodes: nodes.map(({ redis }) => redis),
    close: async () => {
      await Promise.all(nodes.map(endNode))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function startNode(binary: string, folder: string): Promise<Node> {
  await mkdir(folder)
  const [port, busPort] = [await loopbackPort(), await loopbackPort()]
  const settings = {
    ...{ port, bind: '127.0.0.1', dir: folder, save: '', appendonly: 'no' },
    ...{ 'cluster-enabled': 'yes', 'cluster-port': busPort, 'cluster-node-timeout': 15_000 },
  }
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)])
  const child = spawn(binary, args, { stdio: 'ignore' })
  if (!(await awaitPing(port, true, 15_000))) throw new Error(`no cluster node came up on port ${port}`)
  return { port, busPort, child, redis: new Redis(port, '127.0.0.1') }
}

function slotsOf(index: number): number[] {
  const from = Math.floor((SLOTS / NODES) * index)
  const to = Math.floor((SLOTS / NODES) * (index + 1))
  return Array.from({ length: to - from }, (_, at) => from + at)
}

async function seesAll({ redis }: Node): Promise<boolean> {
  const info = await redis.cluster('INFO')
  return info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${NODES}`)
}

async function endNode({ child, redis }: Node): Promise<void> {
  redis.disconnect()
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}

import { describe, expect, it } from 'vitest'
import { ClosingStack } from '../src/closing-stack.ts'

const never = () => new Promise<void>(() => {})

describe('ClosingStack', () => {
  it('closes the last opened first, each after the one before has ended', async () => {
    const stack = new ClosingStack()
    const log: string[] = []
    for (const name of ['redis', 'queue', 'http']) {
      stack.push(name, async () => {
        log.push(`${name} begins`)
        await Promise.resolve()
        log.push(`${name} ends`)
      })
    }
    expect(await stack.close(1_000)).toEqual({ type: 'closed', failures: [] })
    expect(log).toEqual(['http begins', 'http ends', 'queue begins', 'queue ends', 'redis begins', 'redis ends'])
  })

  it('closes the others when one fails, and says which failed', async () => {
    const stack = new ClosingStack()
    const closed: string[] = []
    const [rejected, thrown] = [new Error('rejected'), new Error('thrown')]
    stack.push('first', () => closed.push('first'))
    stack.push('second', () => Promise.reject(rejected))
    stack.push('third', () => {
      throw thrown
    })
    expect(await stack.close(1_000)).toEqual({
      type: 'closed',
      failures: [
        { name: 'third', error: thrown },
        { name: 'second', error: rejected },
      ],
    })
    expect(closed).toEqual(['first'])
  })

  it('gives up on all together when the time is over, and names the one that hangs', async () => {
    const stack = new ClosingStack()
    const closed: string[] = []
    stack.push('below', () => closed.push('below'))
    stack.push('hanging', never)
    stack.push('above', () => closed.push('above'))
    expect(await stack.close(30)).toEqual({ type: 'late', name: 'hanging', failures: [] })
    expect(closed).toEqual(['above'])
  })

  it('closes once, however often it is asked', async () => {
    const stack = new ClosingStack()
    let closed = 0
    stack.push('once', () => closed++)
    const [one, two] = await Promise.all([stack.close(1_000), stack.close(1_000)])
    expect(two).toBe(one)
    expect(closed).toBe(1)
  })

  it('refuses what opens after closing has begun', async () => {
    const stack = new ClosingStack()
    await stack.close(1_000)
    expect(() => stack.push('late comer', () => {})).toThrow(/late comer/)
  })
})

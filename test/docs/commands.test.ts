import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { createProgram } from '../../src/cli/create-program.ts'
import { codeIn, documents, quoted, readDoc, rowsUnder } from './support/read-doc.ts'

const program = createProgram(async () => {})

/** Commands that do something, by their whole name. */
const leaves = (command: Command, prefix: string): Map<string, Command> =>
  new Map(
    command.commands.flatMap((child) => {
      const name = `${prefix} ${child.name()}`
      return child.commands.length > 0 ? [...leaves(child, name)] : [[name, child] as const]
    }),
  )

const commands = leaves(program, 'amo-segments')
const { scripts } = JSON.parse(readDoc('package.json')) as { scripts: Record<string, string> }

/** Ways a document calls the program. */
const CALLS = /(?:\bamo-segments|\bnode dist\/main\.js) ((?:policy )?[a-z]+)((?: --[a-z-]+)*)/g

describe('the commands', () => {
  it('are in the manual, every one, and no other', () => {
    const told = rowsUnder(readDoc('docs/operations.md'), '### Commands').flatMap(([first = '']) => {
      const [whole = '', ...parts] = quoted(first)
      return [whole, ...parts.map((part) => `amo-segments ${part}`)]
    })
    expect(told.toSorted()).toEqual([...commands.keys()].toSorted())
  })

  it.each(documents())('that %s names are there, with their options', (path) => {
    for (const [, name = '', options = ''] of codeIn(readDoc(path)).join('\n').matchAll(CALLS)) {
      const command = commands.get(`amo-segments ${name}`)
      expect([name, command !== undefined]).toEqual([name, true])
      const known = command?.options.map(({ long }) => long) ?? []
      expect(known).toEqual(expect.arrayContaining(options.split(' ').filter((option) => option !== '')))
    }
  })

  it.each(documents())('of npm that %s names are there', (path) => {
    const named = [...readDoc(path).matchAll(/\bnpm run ([a-z][a-z:-]*)/g)].map(([, name = '']) => name)
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named))
  })
})

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ClosingStack } from '../../src/closing-stack.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Compiles the product as it is shipped, so that no loader of TypeScript is measured; answers its main file. */
export async function compileProduct(closing: ClosingStack): Promise<string> {
  // Under node_modules, so that it finds the packages.
  const folder = await mkdtemp(join(ROOT, 'node_modules', '.bench-'))
  closing.push('compiled product', () => rm(folder, { recursive: true, force: true }))
  await copyFile(join(ROOT, 'package.json'), join(folder, 'package.json'))
  const dist = join(folder, 'dist')
  const tsc = join(ROOT, 'node_modules', '.bin', 'tsc')
  const errors = await run(tsc, ['-p', join(ROOT, 'tsconfig.build.json'), '--outDir', dist, '--sourceMap', 'false'])
  const main = join(dist, 'main.js')
  if (!existsSync(main)) throw new Error(`The product did not compile:\n${errors}`)
  return main
}

function run(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => execFile(command, args, (_error, stdout, stderr) => resolve(stdout + stderr)))
}

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FULL, testServer } from './test-server.ts'

const PAGE = '<!doctype html><title>app</title>'
const SCRIPT = 'console.log(1)'

let webRoot: string
beforeAll(async () => {
  webRoot = await mkdtemp(join(tmpdir(), 'amo-segments-app-'))
  await mkdir(join(webRoot, 'assets'))
  await writeFile(join(webRoot, 'index.html'), PAGE)
  await writeFile(join(webRoot, 'assets/index-abc123.js'), SCRIPT)
  await writeFile(join(webRoot, 'assets/index-abc123.js.gz'), gzipSync(SCRIPT))
})
afterAll(() => rm(webRoot, { recursive: true, force: true }))

const open = async (url: string, headers: Record<string, string> = {}, env = FULL) =>
  (await testServer({ webRoot, env })).inject({ url, headers })

describe('the web app', () => {
  it.each(['/app/', '/app/accounts/5/overview', '/app/accounts/5/clients/contact/7?lang=en'])(
    'is the page at %s, asked for anew each time',
    async (url) => {
      const answer = await open(url)
      expect([answer.statusCode, answer.body]).toEqual([200, PAGE])
      expect(answer.headers).toMatchObject({ 'cache-control': 'no-cache', 'content-type': 'text/html; charset=utf-8' })
    },
  )

  it('is found without the slash at its end', async () => {
    const answer = await open('/app')
    expect([answer.statusCode, answer.headers.location]).toEqual([302, '/app/'])
  })

  it('keeps its files for good, since their names change with what is in them, and sends them small', async () => {
    const answer = await open('/app/assets/index-abc123.js', { 'accept-encoding': 'gzip' })
    expect(answer.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'gzip',
    })
  })

  it('has no page in place of a file of another version, nor for what is sent', async () => {
    expect((await open('/app/assets/index-old.js')).statusCode).toBe(404)
    expect((await open('/app/../package.json')).body).not.toContain('amo-segments')
    const app = await testServer({ webRoot })
    expect((await app.inject({ method: 'POST', url: '/app/accounts/5' })).statusCode).toBe(405)
  })

  it('runs nothing inline and stands in frames of accounts alone', async () => {
    const { headers } = await open('/app/')
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("script-src 'self';")
    expect(policy).not.toContain('unsafe')
    expect(policy).toContain("frame-ancestors 'self' https://*.amocrm.ru https://*.amocrm.com https://*.kommo.com")
    expect(headers['x-frame-options']).toBeUndefined()
    const trial = await open('/app/', {}, { ...FULL, AMOCRM_API_ORIGIN: 'http://127.0.0.1:4000' })
    expect(String(trial.headers['content-security-policy'])).toMatch(
      /https:\/\/\*\.kommo\.com http:\/\/127\.0\.0\.1:4000$/,
    )
  })

  it('leaves the other pages out of every frame', async () => {
    const { headers } = await open('/')
    expect(String(headers['content-security-policy'])).toContain("frame-ancestors 'none'")
  })

  it('says what to run where it is not built', async () => {
    const app = await testServer({ webRoot: join(webRoot, 'nowhere') })
    const answer = await app.inject({ url: '/app/accounts/5' })
    expect([answer.statusCode, answer.body]).toEqual([503, expect.stringContaining('npm run build:web')])
  })
})

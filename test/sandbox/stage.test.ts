import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { buildWidget } from '../../widget/build/build-widget.ts'
import { openSandbox } from './support/open-sandbox.ts'

const open = async () => {
  const { sandbox } = await openSandbox()
  sandbox.integration.redirectUri = 'http://127.0.0.1:3000/oauth/callback'
  const get = (path: string) => fetch(`${sandbox.url}/_sandbox/stage${path}`)
  const json = async (path: string) => JSON.parse(await (await get(path)).text())
  return { sandbox, get, json }
}

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())

describe('the stage of a widget', () => {
  it('shows the files of the uploaded archive, and its texts in every language', async () => {
    const { sandbox, get, json } = await open()
    sandbox.stage.upload(await buildWidget({ serviceUrl: 'http://127.0.0.1:3000' }))
    const script = await get('/widget/script.js')
    expect([script.status, script.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8'])
    expect((await get('/widget/images/logo.png')).headers.get('content-type')).toBe('image/png')
    expect((await get('/widget/secret.txt')).status).toBe(404)
    const dealId = sandbox.world.actions.createDeal({ name: 'Диван', price: 9_000, tags: ['Новый'] })
    const view = await json(`/view?area=lcard&id=${dealId}`)
    expect(view).toMatchObject({
      account: { id: sandbox.world.account.id },
      card: { id: dealId, name: 'Диван', tags: ['Новый'] },
      languages: { ru: { widget: { name: 'Сегменты клиентов' } }, en: { widget: { name: 'Client segments' } } },
    })
    expect((await get('/view?area=kitchen')).status).toBe(400)
  })

  it('loads what the platform loads: its loader, jQuery and Twig, and a page of its own', async () => {
    const { get } = await open()
    for (const [path, text] of [
      ['', '<div id="page_holder">'],
      ['/lib/require.js', 'requirejs'],
      ['/lib/jquery.js', 'jQuery'],
      ['/lib/twig.js', 'Twig'],
      ['/page.css', '.card-widgets'],
      ['/page.js', '$authorizedAjax'],
    ] as const)
      expect(await (await get(path)).text()).toContain(text)
    expect((await get('/lib/other.js')).status).toBe(404)
  })

  it('says that no widget was uploaded, and refuses an archive that is none', async () => {
    const { sandbox, json } = await open()
    expect(await json('/view')).toMatchObject({ status: 404, detail: 'No widget was uploaded' })
    expect(() => sandbox.stage.upload(zipSync({ 'widget/script.js': strToU8('') }))).toThrow('no script.js at its root')
  })

  it('signs a fresh token for whoever is at the page, or one that is out of date or foreign', async () => {
    const { sandbox, json } = await open()
    const manager = sandbox.world.users.find(({ isAdmin }) => !isAdmin)
    const tokenOf = async (query: string) => claimsOf((await json(`/token?${query}`)).token)
    const [mine, again] = [await tokenOf(''), await tokenOf('')]
    expect(mine).toMatchObject({
      is_admin: true,
      client_uuid: sandbox.integration.clientId,
      aud: 'http://127.0.0.1:3000',
    })
    expect(mine.jti).not.toBe(again.jti)
    expect(await tokenOf(`user=${manager?.id}`)).toMatchObject({ user_id: manager?.id, is_admin: false })
    expect((await tokenOf('token=expired')).exp).toBeLessThan(sandbox.world.now())
    expect((await tokenOf('token=foreign')).client_uuid).not.toBe(sandbox.integration.clientId)
  })

  it('keeps the settings of the widget', async () => {
    const { sandbox } = await open()
    await fetch(`${sandbox.url}/_sandbox/stage/settings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ service_url: 'https://segments.example.com' }),
    })
    expect(sandbox.stage.settings).toEqual({ service_url: 'https://segments.example.com' })
    expect(sandbox.stage.address({ area: 'settings', lang: 'en' })).toBe(
      `${sandbox.url}/_sandbox/stage?area=settings&lang=en`,
    )
  })
})

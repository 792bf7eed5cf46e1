import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AjaxRequest, FailedAnswer, PlatformWidget } from '../../widget/src/platform.ts'
import { Service, type Trouble, troubleOf } from '../../widget/src/service.ts'

const BUILT_FOR = 'https://segments.example.com'

beforeEach(() => {
  vi.stubGlobal('__SERVICE_URL__', BUILT_FOR)
  vi.stubGlobal('window', { APP: { constant: (name: string) => (name === 'account' ? { id: '31' } : undefined) } })
})
afterEach(() => vi.unstubAllGlobals())

/** A widget whose calls are answered in turn: a body, or how it fails. */
const widgetWith = (answers: readonly (FailedAnswer | { body: unknown })[], settings = {}) => {
  const asked: AjaxRequest[] = []
  const widget = {
    get_settings: () => ({ widget_code: 'w', ...settings }),
    $authorizedAjax: async (request: AjaxRequest) => {
      const answer = answers[asked.length] ?? { status: 0 }
      asked.push(request)
      return 'body' in answer ? answer.body : Promise.reject(answer)
    },
  } as unknown as PlatformWidget
  return { service: new Service(widget), asked }
}

const refusal = (status: number, code: string): FailedAnswer => ({ status, responseJSON: { code } })

const troubleWith = async (...answers: FailedAnswer[]): Promise<Trouble | 'none'> => {
  const { service } = widgetWith(answers)
  return service.ofAccount({ method: 'GET', path: '' }).then(() => 'none' as const, troubleOf)
}

describe('a call of the service', () => {
  it('goes to the address the archive was built for, about the account of the page', async () => {
    const { service, asked } = widgetWith([{ body: { ok: true } }])
    expect(await service.ofAccount({ method: 'GET', path: '/segments' })).toEqual({ ok: true })
    expect(asked).toMatchObject([{ url: `${BUILT_FOR}/api/v1/accounts/31/segments`, method: 'GET', dataType: 'json' }])
  })

  it('goes where the settings of the widget say instead', () => {
    expect(widgetWith([], { service_url: ' https://own.example.com/ ' }).service.url).toBe('https://own.example.com')
    expect(widgetWith([], { service_url: '' }).service.url).toBe(BUILT_FOR)
  })

  it('sends what it is given as JSON', async () => {
    const { service, asked } = widgetWith([{ body: {} }])
    await service.ofAccount({ method: 'POST', path: '/cards/recompute', body: { cards: [] } })
    expect(asked).toMatchObject([{ data: '{"cards":[]}', contentType: 'application/json' }])
  })

  it('that is answered without a body is answered', async () => {
    expect(await troubleWith({ status: 204 })).toBe('none')
  })

  it.each(['token_expired', 'token_replayed', 'token_not_yet_valid'])('with %s is tried once more', async (code) => {
    const { service, asked } = widgetWith([refusal(401, code), { body: 'there' }])
    expect(await service.ofAccount({ method: 'GET', path: '' })).toBe('there')
    expect(asked).toHaveLength(2)
    expect(await troubleWith(refusal(401, code), refusal(401, code))).toBe('expired')
  })

  it.each<[Trouble, FailedAnswer]>([
    ['down', {}],
    ['down', { status: 0 }],
    ['down', { status: 503, responseText: '<html>' }],
    ['not_installed', refusal(403, 'account_not_installed')],
    ['not_installed', refusal(404, 'account_unknown')],
    ['not_installed', refusal(409, 'account_disconnected')],
    ['admin_only', refusal(403, 'admin_only')],
    ['admin_only', { status: 403, responseText: '{"code":"admin_only"}' }],
    ['unknown_client', refusal(404, 'client_unknown')],
    ['refused', refusal(401, 'token_signature')],
    ['refused', refusal(403, 'other_account')],
    ['too_often', { status: 429 }],
    ['failed', { status: 422 }],
  ])('that fails is told of as “%s”: %j', async (trouble, answer) => {
    expect(await troubleWith(answer)).toBe(trouble)
  })
})

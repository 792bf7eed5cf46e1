import { describe, expect, it } from 'vitest'
import { sharedLimits } from '../src/app/shared-limits.ts'
import { Keys } from '../src/store/keys.ts'

const keys = new Keys('test')

describe('the limit that accounts share', () => {
  it('is none in amoCRM, and one for all of Kommo, which counts by address', () => {
    const shared = sharedLimits(keys, { requestsPerSecond: 7, ratePer: 'account' })
    expect(shared('one.amocrm.ru')).toBeUndefined()
    expect(shared('kommo.com.amocrm.ru')).toBeUndefined()
    expect(shared('one.kommo.com')).toEqual({ key: 'test:{kommo}:slots', perSecond: 7 })
    expect(shared('two.kommo.com')).toEqual(shared('one.kommo.com'))
  })

  it('is one for all where the deployment is to be counted', () => {
    const shared = sharedLimits(keys, { requestsPerSecond: 5, ratePer: 'deployment' })
    expect(shared('one.amocrm.ru')).toEqual({ key: 'test:{deployment}:slots', perSecond: 5 })
    expect(shared('one.kommo.com')).toEqual(shared('one.amocrm.ru'))
  })
})

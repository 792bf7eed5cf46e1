import { describe, expect, it } from 'vitest'
import { checkPolicy } from '../../src/segmentation/check-policy.ts'
import { ACCOUNT, aRule, policyOf } from './rules-support.ts'

const check = (settings: unknown) => checkPolicy(policyOf(settings), ACCOUNT)

type Mistake = readonly [what: string, settings: unknown, path: string, says: RegExp]

const action = (over: object) => ({ id: 'a', type: 'field', field: 1, value: 'x', ...over })
const transition = (over: object) => ({ actions: [{ dimension: 'lifecycle', actions: [action(over)] }] })

const MISTAKES: readonly Mistake[] = [
  [
    'an unknown responsible',
    { actions: [{ dimension: 'lifecycle', actions: [{ id: 'a', type: 'task', text: 'x', responsibleUserId: 99 }] }] },
    'actions[0].actions[0].responsibleUserId',
    /no user 99/,
  ],
  [
    'an action on the field of a segment',
    { ...transition({ field: 3 }), targets: { lifecycle: { field: 3 } } },
    'actions[0].actions[0].field',
    /shows a segment/,
  ],
  [
    'an action on the purchase date',
    { ...transition({ field: 'paid_at', on: 'deal' }), purchaseDateField: 32 },
    'actions[0].actions[0].field',
    /dates purchases/,
  ],
  ['two rules with one id', { rules: [aRule({ all: [] }), aRule({ all: [] })] }, 'rules[1].id', /Another rule/],
  [
    'a purchase pipeline that is not there',
    { purchasePipelines: [{ pipelineId: 99 }] },
    'purchasePipelines[0].pipelineId',
    /no pipeline 99.*10 \(Продажи\)/,
  ],
  [
    'a purchase status of another pipeline',
    { purchasePipelines: [{ pipelineId: 10, statusIds: [142, 201] }] },
    'purchasePipelines[0].statusIds[1]',
    /"Продажи" has no status 201/,
  ],
  ['a loss reason that is not there', { junkReasons: [1, 8] }, 'junkReasons[1]', /no loss reason 8/],
  [
    'a date field that is not there',
    { purchaseDateField: 'NOPE' },
    'purchaseDateField',
    /Deals have no field "NOPE".*32/,
  ],
  ['a date field that is no date', { purchaseDateField: 33 }, 'purchaseDateField', /type price/],
  ['a segment field that is no select', { targets: { value: { field: 1 } } }, 'targets.value.field', /type text/],
  [
    'a card pipeline that is not there',
    { card: { pipelineId: 99, statuses: {} } },
    'card.pipelineId',
    /no pipeline 99/,
  ],
  [
    'a card status of another pipeline',
    { card: { pipelineId: 20, statuses: { new: 101 } } },
    'card.statuses.new',
    /no status 101/,
  ],
  [
    'a card in the incoming stage',
    { card: { pipelineId: 20, statuses: { new: 200 } } },
    'card.statuses.new',
    /incoming/,
  ],
  [
    'a card in a purchase status',
    { card: { pipelineId: 20, statuses: { new: 201 } }, purchasePipelines: [{ pipelineId: 20, statusIds: [201] }] },
    'card.statuses.new',
    /counts as a purchase/,
  ],
]

describe('settings that are refused', () => {
  it.each(MISTAKES)('%s', (_what, settings, path, says) => {
    const { errors } = check(settings)
    expect(errors.map((error) => error.path)).toEqual([path])
    expect(`${errors[0]?.message}. ${errors[0]?.advice}`).toMatch(says)
  })

  it('is a closed card status, even where the form let it through', () => {
    const policy = policyOf({ card: { pipelineId: 20, statuses: { new: 201 } } })
    const closed = { ...policy, card: { pipelineId: 20, createCard: false, statuses: { new: 142 } } }
    expect(checkPolicy(closed, ACCOUNT).errors.map((error) => error.path)).toEqual(['card.statuses.new'])
  })
})

import type { ChangePhrases } from './phrases.ts'
import { NBSP } from './plural.ts'

/** Whom a client becomes, in the instrumental case. */
const BECOMES: Readonly<Record<string, string>> = {
  new: 'новым',
  one_time: 'разовым',
  periodic: 'периодическим',
  regular: 'постоянным',
  sleeping: 'спящим',
  hot: 'горячим',
  warm: 'тёплым',
  cold: 'холодным',
  low_quality: 'некачественным',
  refused: 'отказником',
}

const dealOf = (dealId: number | null) => (dealId === null ? '' : `Сделка №${NBSP}${dealId}: `)

export const russianChanges: ChangePhrases = {
  change: (change, on) => {
    switch (change.type) {
      case 'segment': {
        const becomes = change.isLabel ? BECOMES[change.segment] : undefined
        return becomes === undefined ? `Перейдёт в «${change.name}» ${on}` : `Станет ${becomes} ${on}`
      }
      case 'no_segment':
        return `Перестанет быть в «${change.name}» ${on}`
      case 'tier':
        return change.to === null ? `Уйдёт с уровня «${change.from}» ${on}` : `Перейдёт на уровень «${change.to}» ${on}`
      case 'recency':
        return `Оценка давности станет${NBSP}${change.score} ${on}`
      case 'rule': {
        const verb = change.begins ? 'подойдёт под правило' : 'перестанет подходить под правило'
        const sentence = `${dealOf(change.dealId)}${verb} «${change.label}» ${on}`
        return sentence.charAt(0).toUpperCase() + sentence.slice(1)
      }
    }
  },
  unlessHeBuys: (sentence) => `${sentence}, если не купит`,
  afterLock: (sentence) => `${sentence}, когда закончится закрепление`,
}

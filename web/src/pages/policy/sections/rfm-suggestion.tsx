import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/use-api.ts'
import { useSend } from '../../../api/use-send.ts'
import { Button } from '../../../ui/button.tsx'
import { useErrorText } from '../../../ui/error-text.ts'
import { useFormat } from '../../../ui/use-format.ts'
import type { Policy, RfmSuggestion as Suggestion } from '../policy-types.ts'

interface RfmSuggestionProps {
  readonly onTake: (bounds: NonNullable<Policy['value']['rfm']>) => void
}

/** Bounds that cut the account's own buyers into fifths, taken into the form when they are asked for. */
export const RfmSuggestion = ({ onTake }: RfmSuggestionProps) => {
  const { t } = useTranslation('policy')
  const { get } = useApi()
  const { number } = useFormat()
  const errorText = useErrorText()
  const ask = useSend(() => get<Suggestion>('/policy/rfm'), {
    refresh: [],
    onDone: ({ bounds }) => {
      if (bounds)
        onTake({
          recencyDays: [...bounds.recencyDays],
          frequency: [...bounds.frequency],
          monetary: [...bounds.monetary],
        })
    },
  })
  return (
    <div className="buttons">
      <Button isBusy={ask.isPending} onClick={() => ask.mutate()}>
        {t('rfm.suggest')}
      </Button>
      <p className="field-hint" aria-live="polite">
        {ask.data && t(ask.data.bounds ? 'rfm.suggested' : 'rfm.tooFew', { buyers: number(ask.data.buyers) })}
        {ask.error && errorText(ask.error)}
      </p>
    </div>
  )
}

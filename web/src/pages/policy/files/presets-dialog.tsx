import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useGet } from '../../../api/use-get.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Loaded } from '../../../ui/loaded.tsx'
import type { Presets } from '../editor/use-policy-before.ts'
import { fromForm, type PolicyForm } from '../form/policy-form.ts'
import type { Policy } from '../policy-types.ts'

interface PresetsDialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onLoad: (policy: Policy) => void
}

/** What a preset is about; everything else of the account's own policy stays. */
const withPreset = (own: Policy, preset: Policy): Policy => ({
  ...own,
  clientEntity: preset.clientEntity,
  firstPurchaseIsNewForDays: preset.firstPurchaseIsNewForDays,
  sleeping: preset.sleeping,
  rhythm: preset.rhythm,
  regular: preset.regular,
})

/** Ready-made settings for a kind of business. */
export const PresetsDialog = ({ isOpen, onClose, onLoad }: PresetsDialogProps) => {
  const { t } = useTranslation('policy')
  const { getValues } = useFormContext<PolicyForm>()
  const presets = useGet<Presets>('/policy/presets', {}, { enabled: isOpen })
  return (
    <Dialog title={t('files.presets')} isOpen={isOpen} onClose={onClose}>
      <p className="muted">{t('presets.text')}</p>
      <Loaded query={presets}>
        {({ presets: list }) => (
          <ul className="presets">
            {list.map(({ name, policy }) => (
              <li key={name} className="row-card">
                <div>
                  <h3>{t(`presets.${name}`)}</h3>
                  <p className="muted">{t(`presets.${name}Text`)}</p>
                </div>
                <Button
                  onClick={() => {
                    onLoad(withPreset(fromForm(getValues()), policy))
                    onClose()
                  }}
                >
                  {t('presets.take')}
                  <span className="sr-only"> {t(`presets.${name}`)}</span>
                </Button>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Dialog>
  )
}

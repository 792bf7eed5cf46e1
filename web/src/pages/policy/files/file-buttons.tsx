import { useRef, useState } from 'react'
import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useAccount } from '../../../api/account.ts'
import { Button } from '../../../ui/button.tsx'
import { useEditor } from '../editor/editor-context.ts'
import { fromForm, type PolicyForm } from '../form/policy-form.ts'
import type { Policy, PolicyAnswer } from '../policy-types.ts'
import { ImportDialog } from './import-dialog.tsx'
import { PresetsDialog } from './presets-dialog.tsx'
import { saveFile } from './save-file.ts'

interface FileButtonsProps {
  readonly base: PolicyAnswer
  readonly onLoad: (policy: Policy) => void
}

/** The policy as a file, from a file, or from a ready-made one. */
export const FileButtons = ({ base, onLoad }: FileButtonsProps) => {
  const { t } = useTranslation('policy')
  const { readOnly } = useEditor()
  const { account } = useAccount()
  const { getValues } = useFormContext<PolicyForm>()
  const [file, setFile] = useState<File | null>(null)
  const [isChoosing, setChoosing] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  return (
    <div className="file-buttons">
      <Button reason={readOnly} onClick={() => setChoosing(true)}>
        {t('files.presets')}
      </Button>
      <Button
        onClick={() =>
          saveFile(`policy-${account.id}-v${base.version}.json`, JSON.stringify(fromForm(getValues()), null, 2))
        }
      >
        {t('files.export')}
      </Button>
      <Button reason={readOnly} onClick={() => input.current?.click()}>
        {t('files.import')}
      </Button>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        hidden
        aria-label={t('files.import')}
        onChange={(event) => {
          setFile(event.target.files?.[0] ?? null)
          event.target.value = ''
        }}
      />
      <ImportDialog file={file} onClose={() => setFile(null)} onLoad={onLoad} />
      <PresetsDialog isOpen={isChoosing} onClose={() => setChoosing(false)} onLoad={onLoad} />
    </div>
  )
}

import { useFaults } from '../editor/editor-context.ts'

/** What is wrong with something that is no single input: a list, a group, a whole rule. */
export const FaultList = ({ path, within = false }: { readonly path: string; readonly within?: boolean }) => {
  const { error, warning } = useFaults(path, { within })
  return (
    <>
      {error && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
      {warning && <p className="field-warning">{warning}</p>}
    </>
  )
}

import { useFormat } from '../../ui/use-format.ts'

/** A share as a bar and in figures. */
export const ShareBar = ({ share }: { readonly share: number }) => (
  <span className="share-bar">
    <span className="share-track" aria-hidden="true">
      <span className="share-fill" style={{ width: `${Math.round(share * 100)}%` }} />
    </span>
    <span className="figure">{useFormat().share(share)}</span>
  </span>
)

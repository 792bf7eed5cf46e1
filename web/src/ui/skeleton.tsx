import { useId } from 'react'

/** Holds the place of text that is on its way. */
export const Skeleton = ({ lines = 3 }: { readonly lines?: number }) => {
  const id = useId()
  return (
    <div className="skeleton" aria-hidden="true">
      {Array.from({ length: lines }, (_, index) => (
        <span key={`${id}${index.toString()}`} />
      ))}
    </div>
  )
}

/** Holds the place of a page. */
export const PageSkeleton = () => (
  <div className="page-skeleton" aria-busy="true">
    <Skeleton lines={2} />
    <div className="card">
      <Skeleton lines={5} />
    </div>
  </div>
)

/** Holds the place of a card. */
export const CardSkeleton = ({ lines = 6 }: { readonly lines?: number }) => (
  <div className="card" aria-busy="true">
    <Skeleton lines={lines} />
  </div>
)

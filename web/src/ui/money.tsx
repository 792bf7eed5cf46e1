import { useFormat } from './use-format.ts'

/** A sum in the account's currency. */
export const Money = ({ amount }: { readonly amount: number }) => (
  <span className="figure">{useFormat().money(amount)}</span>
)

/** Which column holds what. */
export interface PurchaseColumns {
  readonly client: string
  readonly date: string
  /** Null: `quantity` times `unitPrice`. */
  readonly amount: string | null
  readonly quantity: string | null
  readonly unitPrice: string | null
  /** Null: every row is a purchase of its own. */
  readonly invoice: string | null
}

/** Common names, best first; a trailing `*` stands for any ending. */
const COMMON_NAMES: Readonly<Record<keyof PurchaseColumns, readonly string[]>> = {
  client: ['master_id', 'customer_id', 'customerid', 'client_id', 'clientid', 'client', 'customer', 'user_id', 'id'],
  date: ['datetime', 'date', 'invoicedate', 'invoice_date', 'order_date', 'purchase_date', 'closed_at', 'timestamp'],
  amount: ['amount', 'total', 'amount*', 'total*', 'revenue', 'sum', 'sales'],
  quantity: ['quantity', 'qty', 'units'],
  unitPrice: ['unitprice', 'unit_price', 'price'],
  invoice: ['invoice', 'invoice_no', 'invoiceno', 'invoice_id', 'order_id', 'order', 'transaction_id', 'receipt'],
}

/** Chooses columns by name: those given, else common ones. Throws with the header where one is missing. */
export function choosePurchaseColumns(
  header: readonly string[],
  given: Partial<PurchaseColumns> = {},
): PurchaseColumns {
  const find = (role: keyof PurchaseColumns): string | null => {
    const wanted = given[role]
    if (wanted === undefined) return firstMatch(header, COMMON_NAMES[role])
    if (wanted !== null && !header.includes(wanted)) throw missing(role, header)
    return wanted
  }
  const client = find('client')
  const date = find('date')
  const amount = find('amount')
  const quantity = find('quantity')
  const unitPrice = find('unitPrice')
  if (client === null) throw missing('client', header)
  if (date === null) throw missing('date', header)
  if (amount === null && (quantity === null || unitPrice === null)) throw missing('amount', header)
  return { client, date, amount, quantity, unitPrice, invoice: find('invoice') }
}

function firstMatch(header: readonly string[], names: readonly string[]): string | null {
  for (const name of names) {
    const found = header.find((column) => {
      const plain = column.trim().toLowerCase().replaceAll(' ', '_')
      return name.endsWith('*') ? plain.startsWith(name.slice(0, -1)) : plain === name
    })
    if (found !== undefined) return found
  }
  return null
}

function missing(role: string, header: readonly string[]): Error {
  return new Error(`No column for the ${role} among: ${header.join(', ')}. Name it in the option "columns".`)
}

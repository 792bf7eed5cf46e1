import { clientKey } from '../../store/client-key.ts'
import type { ClientRow, ClientRows } from '../../store/client-rows.ts'
import type { Office } from './office.ts'
import { searchable } from './searchable.ts'
import { TableShelf } from './table-shelf.ts'

/** The tables that lists and figures over a whole base are made from. */
export const clientTables = (rows: ClientRows): Pick<Office, 'rows' | 'clients' | 'names'> => ({
  rows,
  clients: new TableShelf<readonly ClientRow[]>({
    make: async (accountId) => {
      const all: ClientRow[] = []
      for await (const some of rows.all(accountId)) for (const row of some) all.push(row)
      return all
    },
    version: (accountId) => rows.version(accountId),
    sizeOf: ({ length }) => length,
  }),
  names: new TableShelf<ReadonlyMap<string, string>>({
    make: async (accountId) => {
      const all = new Map<string, string>()
      for await (const some of rows.allNames(accountId)) {
        for (const [client, name] of some) all.set(clientKey(client), searchable(name))
      }
      return all
    },
    version: async () => null,
    sizeOf: ({ size }) => size,
  }),
})

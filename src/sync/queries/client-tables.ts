import { clientKey } from '../../store/client-key.ts'
import type { ClientRows } from '../../store/client-rows.ts'
import { ClientTable } from './client-table.ts'
import type { Office } from './office.ts'
import { searchable } from './searchable.ts'
import { TableShelf } from './table-shelf.ts'

/** Clients whose rows are kept at most, some dozen megabytes, and those whose names are, three times as much. */
const MOST_CLIENTS = 250_000

/** The tables that lists and figures over a whole base are made from. */
export const clientTables = (rows: ClientRows): Pick<Office, 'rows' | 'clients' | 'names'> => ({
  rows,
  clients: new TableShelf<ClientTable>({
    make: async (accountId) => {
      const all = new ClientTable()
      for await (const some of rows.all(accountId)) for (const row of some) all.add(row)
      return all
    },
    version: (accountId) => rows.version(accountId),
    sizeOf: ({ length }) => length,
    most: MOST_CLIENTS,
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
    most: MOST_CLIENTS,
  }),
})

import type { TFunction } from 'i18next'
import type { Listed } from './clients-types.ts'

/** The client's name; one without a name by what he is and his number. */
export const clientName = (name: string, { kind, id }: Listed['client'], t: TFunction<'clients'>): string =>
  name.trim() === '' ? `${t(`kind.${kind}`)} ${id}` : name

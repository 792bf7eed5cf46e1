import { type ComponentType, lazy } from 'react'
import type { ClientPageProps } from '../pages/clients/client-page.tsx'

type Module<Props> = Promise<{ default: ComponentType<Props> }>

const page = <Name extends string>(name: Name, load: () => Module<object>) => ({ name, load, Page: lazy(load) })

/** The pages of an account in the order of the navigation; each comes when it is first opened. */
export const PAGES = [
  page('overview', async () => ({ default: (await import('../pages/overview/overview-page.tsx')).OverviewPage })),
  page('clients', async () => ({ default: (await import('../pages/clients/clients-page.tsx')).ClientsPage })),
  page('movement', async () => ({ default: (await import('../pages/movement/movement-page.tsx')).MovementPage })),
  page('policy', async () => ({ default: (await import('../pages/policy/policy-page.tsx')).PolicyPage })),
  page('runs', async () => ({ default: (await import('../pages/runs/runs-page.tsx')).RunsPage })),
  page('setup', async () => ({ default: (await import('../pages/setup/setup-page.tsx')).SetupPage })),
] as const

const loadClient = async (): Module<ClientPageProps> => ({
  default: (await import('../pages/clients/client-page.tsx')).ClientPage,
})

export const ClientPage = lazy(loadClient)

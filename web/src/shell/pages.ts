import { lazy } from 'react'

/** The pages of an account in the order of the navigation; each comes when it is first opened. */
export const PAGES = [
  {
    name: 'overview',
    load: lazy(async () => ({ default: (await import('../pages/overview/overview-page.tsx')).OverviewPage })),
  },
  {
    name: 'clients',
    load: lazy(async () => ({ default: (await import('../pages/clients/clients-page.tsx')).ClientsPage })),
  },
  {
    name: 'movement',
    load: lazy(async () => ({ default: (await import('../pages/movement/movement-page.tsx')).MovementPage })),
  },
  {
    name: 'policy',
    load: lazy(async () => ({ default: (await import('../pages/policy/policy-page.tsx')).PolicyPage })),
  },
  { name: 'runs', load: lazy(async () => ({ default: (await import('../pages/runs/runs-page.tsx')).RunsPage })) },
  { name: 'setup', load: lazy(async () => ({ default: (await import('../pages/setup/setup-page.tsx')).SetupPage })) },
] as const

export const ClientPage = lazy(async () => ({ default: (await import('../pages/clients/client-page.tsx')).ClientPage }))

import { Suspense } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { useAccount } from '../api/account.ts'
import { PageSkeleton } from '../ui/skeleton.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { ClientPage, PAGES } from './pages.ts'
import { Shell } from './shell.tsx'

/** The pages of one account in their frame. A page has everything under its own address, e.g. `/policy/rules`. */
export const AccountRoutes = () => {
  const { account } = useAccount()
  const root = `/accounts/${account.id}`
  return (
    <Shell root={root}>
      <Suspense fallback={<PageSkeleton />}>
        <Switch>
          <Route path={`${root}/clients/:kind/:clientId`}>
            {({ kind, clientId }) => (
              <ErrorBoundary key={`${kind}${clientId}`}>
                <ClientPage kind={kind === 'company' ? 'company' : 'contact'} clientId={Number(clientId)} />
              </ErrorBoundary>
            )}
          </Route>
          {PAGES.map(({ name, Page: PageOf }) => (
            <Route key={name} path={`${root}/${name}/*?`}>
              <ErrorBoundary key={name}>
                <PageOf />
              </ErrorBoundary>
            </Route>
          ))}
          <Route>
            <Redirect to={`${root}/overview`} replace />
          </Route>
        </Switch>
      </Suspense>
    </Shell>
  )
}

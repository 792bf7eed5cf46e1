import { Suspense } from 'react'
import { Redirect, Route, Router, Switch } from 'wouter'
import { AccountChooser } from './shell/account-chooser.tsx'
import { AccountGate } from './shell/account-gate.tsx'
import { AccountRoutes } from './shell/account-routes.tsx'
import { ErrorBoundary } from './shell/error-boundary.tsx'
import { SessionGate } from './shell/session-gate.tsx'
import { PageSkeleton } from './ui/skeleton.tsx'

/** Everything under `/app`: who calls, then which account, then its pages. */
export const App = () => (
  <Router base="/app">
    <ErrorBoundary>
      <Suspense fallback={<PageSkeleton />}>
        <SessionGate>
          <Switch>
            <Route path="/accounts/:accountId/*?">
              {({ accountId }) => (
                <AccountGate accountId={Number(accountId)} key={accountId}>
                  <AccountRoutes />
                </AccountGate>
              )}
            </Route>
            <Route path="/">
              <AccountChooser />
            </Route>
            <Route>
              <Redirect to="/" replace />
            </Route>
          </Switch>
        </SessionGate>
      </Suspense>
    </ErrorBoundary>
  </Router>
)

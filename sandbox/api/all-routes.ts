import type { Route } from './api-call.ts'
import { cardReadRoutes } from './card-reads.ts'
import { cardWriteRoutes } from './card-writes.ts'
import { settingsRoutes } from './settings-reads.ts'
import { tagRoutes } from './tag-routes.ts'
import { webhookRoutes } from './webhook-routes.ts'

/** Every method and path of the API the sandbox answers. */
export const ALL_ROUTES: readonly Route[] = [
  ...settingsRoutes,
  ...cardReadRoutes,
  ...cardWriteRoutes,
  ...tagRoutes,
  ...webhookRoutes,
]

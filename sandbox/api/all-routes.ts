import type { Route } from './api-call.ts'
import { cardReadRoutes } from './card-reads.ts'
import { cardWriteRoutes } from './card-writes.ts'
import { eventRoutes } from './event-routes.ts'
import { fieldRoutes } from './field-routes.ts'
import { linkRoutes } from './link-routes.ts'
import { noteRoutes } from './note-routes.ts'
import { otherRoutes } from './other-routes.ts'
import { settingsRoutes } from './settings-reads.ts'
import { tagRoutes } from './tag-routes.ts'
import { taskRoutes } from './task-routes.ts'
import { webhookRoutes } from './webhook-routes.ts'

/** Every method and path of the API the sandbox answers. */
export const ALL_ROUTES: readonly Route[] = [
  ...settingsRoutes,
  ...cardReadRoutes,
  ...cardWriteRoutes,
  ...tagRoutes,
  ...fieldRoutes,
  ...linkRoutes,
  ...noteRoutes,
  ...taskRoutes,
  ...eventRoutes,
  ...webhookRoutes,
  ...otherRoutes,
]

import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { jsonSchemaTransform, jsonSchemaTransformObject } from '@fastify/type-provider-zod'
import type { FastifyInstance } from 'fastify'

const DESCRIPTION = `Segments of an account's clients: what they are and why, the policy behind them, and the work on them.

**Access.** A widget sends amoCRM's one-time token in \`X-Auth-Token\`; each works once. A page exchanges one for a session
of 30 minutes (\`POST /session\`) and sends it as \`Authorization: Bearer\`. The operator sends \`ADMIN_TOKEN\` the same way.
Everybody of an account reads; its administrators and the operator change.

**Instants** are ISO 8601 in UTC. **Refusals** are \`application/problem+json\`, each with a \`code\` and a sentence.`

/** The page of the documentation loads its own scripts and styles, asks for its own specification, and nothing else. */
const POLICY = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': ["'self'", 'data:'],
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
}

/** Documents the routes registered after it as OpenAPI, and shows them at `/docs`. */
export const documentApi = async (app: FastifyInstance): Promise<void> => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'amo-segments', version: '1', description: DESCRIPTION },
      tags: [
        { name: 'session', description: 'Sessions of the web page' },
        { name: 'accounts', description: 'Installed accounts and their work' },
        { name: 'policy', description: 'The settings of an account' },
        { name: 'runs', description: 'Work over the whole base' },
        { name: 'clients', description: 'Clients, their segments and why' },
        { name: 'segments', description: 'Figures over all clients' },
      ],
      components: {
        securitySchemes: {
          oneTimeToken: { type: 'apiKey', in: 'header', name: 'X-Auth-Token' },
          bearer: { type: 'http', scheme: 'bearer', description: 'A session, or the admin token.' },
        },
      },
      security: [{ oneTimeToken: [] }, { bearer: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: POLICY, uiConfig: { deepLinking: true } })
}

import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { createSandbox, type Sandbox } from './create-sandbox.ts'
import { importPurchases } from './import-purchases.ts'

const HELP = `Starts an imitation of amoCRM on this machine.

  --clients N       clients to generate (0 with --data, else 2000)
  --deals N         exact number of their deals (about three a client)
  --seed N          another account for another seed (1)
  --accounts N      accounts on this server (1)
  --port N          port to listen on (8090)
  --host ADDRESS    address to listen on (127.0.0.1)
  --latency MS      time every API answer takes on top (0)
  --rate N          requests a second and account (7)
  --product URL     address of the product (http://127.0.0.1:3000)
  --data FILE       purchases from a CSV, plain or .gz, into the first account
  --widget FILE     show this archive of a widget on the stage
  --long-lived      print a long-lived token in place of the OAuth settings
`

const { values } = parseArgs({
  options: {
    clients: { type: 'string' },
    deals: { type: 'string' },
    seed: { type: 'string', default: '1' },
    accounts: { type: 'string', default: '1' },
    port: { type: 'string', default: '8090' },
    host: { type: 'string', default: '127.0.0.1' },
    latency: { type: 'string', default: '0' },
    rate: { type: 'string', default: '7' },
    product: { type: 'string', default: 'http://127.0.0.1:3000' },
    data: { type: 'string' },
    widget: { type: 'string' },
    'long-lived': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) console.log(HELP)
else await start()

async function start(): Promise<void> {
  const sandbox = await createSandbox({
    clients: Number(values.clients ?? (values.data === undefined ? 2000 : 0)),
    ...(values.deals === undefined ? {} : { deals: Number(values.deals) }),
    seed: Number(values.seed),
    accounts: Number(values.accounts),
    port: Number(values.port),
    host: values.host,
    latencyMs: Number(values.latency),
    requestsPerSecond: Number(values.rate),
    redirectUri: new URL('/oauth/callback', values.product).href,
  })
  if (values.data !== undefined) {
    const { contactIds: _, ...report } = await importPurchases(sandbox.world, values.data)
    console.log('Imported:', report)
  }
  if (values.widget !== undefined) sandbox.stage.upload(await readFile(values.widget))
  describe(sandbox)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close())
}

function describe(sandbox: Sandbox): void {
  const { url, integration, world } = sandbox
  for (const { account, contacts, leads } of sandbox.worlds.values()) {
    console.log(
      `Account ${account.id} (${account.subdomain}.amocrm.ru): ${contacts.size} contacts, ${leads.size} deals`,
    )
  }
  const settings = values['long-lived']
    ? [
        `AMOCRM_LONG_LIVED_TOKEN=${sandbox.longLivedToken()}`,
        `AMOCRM_ACCOUNT_HOST=${world.account.subdomain}.amocrm.ru`,
      ]
    : [`AMOCRM_CLIENT_ID=${integration.clientId}`, `AMOCRM_CLIENT_SECRET=${integration.clientSecret}`]
  console.log(`
The sandbox listens on ${url}. Settings for the product:

PUBLIC_URL=${values.product}
AMOCRM_API_ORIGIN=${url}
${settings.join('\n')}
`)
  if (!values['long-lived']) console.log(`Then install it:  curl -X POST ${url}/_sandbox/install\n`)
  if (sandbox.stage.archive !== null) console.log(`The widget:  ${sandbox.stage.address()}\n`)
  console.log(`Look:  ${url}/_sandbox/stats  ${url}/_sandbox/world
Act:   curl -X POST ${url}/_sandbox/actions/winDeal -H 'content-type: application/json' -d '{"dealId": 1}'`)
}

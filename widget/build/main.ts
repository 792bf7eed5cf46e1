import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { config } from 'dotenv'
import { buildWidget } from './build-widget.ts'

const OUT = fileURLToPath(new URL('../../dist/', import.meta.url))
const ON_THIS_MACHINE = 'http://127.0.0.1:3000'

const HELP = `Makes dist/widget.zip, the archive to be uploaded to amoCRM or Kommo.

  --service URL   where the service is reached (PUBLIC_URL, also of .env)
  --email ADDRESS whom people of an account write to for help
`

const { values } = parseArgs({
  options: { service: { type: 'string' }, email: { type: 'string' }, help: { type: 'boolean', default: false } },
})

if (values.help) console.log(HELP)
else await make()

async function make(): Promise<void> {
  config({ quiet: true })
  const given = (values.service ?? process.env.PUBLIC_URL ?? '').trim().replace(/\/+$/, '')
  const serviceUrl = given === '' ? ON_THIS_MACHINE : given
  if (!URL.canParse(serviceUrl)) {
    console.error(`${serviceUrl} is no address; give it as https://segments.example.com`)
    process.exitCode = 1
    return
  }
  const archive = await buildWidget({ serviceUrl, ...(values.email && { supportEmail: values.email }) })
  await mkdir(OUT, { recursive: true })
  await writeFile(`${OUT}widget.zip`, archive)
  console.log(`dist/widget.zip  ${Math.round(archive.length / 1024)} KB, calls ${serviceUrl}`)
  if (!serviceUrl.startsWith('https://')) {
    console.log('This address is good for trials on this machine only: set PUBLIC_URL before you upload the archive.')
  }
}

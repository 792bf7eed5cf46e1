import { writeFileSync } from 'node:fs'
import { licencePage } from './licence-page.ts'
import { LICENCES_FILE, readShipped } from './read-shipped.ts'

writeFileSync(LICENCES_FILE, licencePage(readShipped()))

import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from './api/query-client.ts'
import { App } from './app.tsx'
import { startI18n } from './i18n/start-i18n.ts'
import { lookAhead } from './shell/look-ahead.ts'
import './ui/tokens.css'
import './ui/base.css'
import './ui/controls.css'
import './ui/surfaces.css'
import './ui/table.css'
import './shell/shell.css'

const root = document.getElementById('root')
if (root === null) throw new Error('the page has no place for the app')

await startI18n(lookAhead())

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
)

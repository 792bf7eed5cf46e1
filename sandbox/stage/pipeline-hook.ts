import type { Lead } from '../world/model.ts'
import type { World } from '../world/world.ts'

const TIMEOUT_MS = 2_000

export interface PipelineCall {
  readonly world: World
  readonly lead: Lead
  /** Of the action, as they were saved. */
  readonly settings: Readonly<Record<string, string>>
  /** Seconds: when the deal came into its stage, now by default; a repeated call tells the same. */
  readonly at?: number
}

/** Body of a widget's action in the Digital Pipeline, as JSON: a deal came into the stage it stands in. */
export const pipelineBody = ({ world, lead, settings, at = world.now() }: PipelineCall) => ({
  event: {
    type: 14,
    type_code: 'lead_status_changed',
    data: { id: lead.id, element_type: 2, status_id: lead.statusId, pipeline_id: lead.pipelineId },
    time: at,
  },
  action: { settings: { widget: { settings } } },
  subdomain: world.account.subdomain,
  account_id: String(world.account.id),
})

/** Calls the address of the widget's manifest; status 0: no answer in time. */
export async function sendPipelineHook(address: string, call: PipelineCall): Promise<{ readonly status: number }> {
  try {
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'amoCRM-Webhooks/3.0' },
      body: JSON.stringify(pipelineBody(call)),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    await answer.body?.cancel()
    return { status: answer.status }
  } catch {
    return { status: 0 }
  }
}

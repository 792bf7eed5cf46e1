import type { Locator, Page } from 'playwright-core'
import { type Cast, castClients } from '../../../sandbox/demo/cast.ts'
import type { StagePlace } from '../../../sandbox/stage/widget-stage.ts'
import { buildWidget } from '../../../widget/build/build-widget.ts'
import { type Looking, Stage } from './stage.ts'

/** A page of amoCRM with the widget on it. */
export interface Visit {
  readonly page: Page
  /** What the widget drew on a card. */
  readonly panel: Locator
}

/** The stage with the widget uploaded into the sandbox, and people whose past is known. */
export class WidgetVisits {
  readonly stage: Stage
  readonly cast: Cast

  private constructor(stage: Stage, cast: Cast) {
    this.stage = stage
    this.cast = cast
  }

  /** Two accounts, of which the first has the service installed. */
  static async open(): Promise<WidgetVisits> {
    let cast: Cast | undefined
    const stage = await Stage.open({
      sandbox: { clients: 5, seed: 3, accounts: 2 },
      prepare: ({ world }) => {
        cast = castClients(world)
      },
    })
    if (cast === undefined) throw new Error('nobody was cast')
    stage.trial.sandbox.stage.upload(await buildWidget({ serviceUrl: stage.trial.url }))
    return new WidgetVisits(stage, cast)
  }

  get manager(): number {
    const manager = this.stage.trial.world.users.find(({ isAdmin }) => !isAdmin)
    if (manager === undefined) throw new Error('the account has administrators alone')
    return manager.id
  }

  async at(place: StagePlace, looking: Looking = {}): Promise<Visit> {
    const page = await this.stage.at(this.stage.trial.sandbox.stage.address(place), looking)
    return { page, panel: page.locator('.card-widgets__widget .amo-segments') }
  }
}

/** Names of the segments on a card, once they are there. */
export const chipsOf = async ({ panel }: Visit): Promise<string[]> => {
  await panel.locator('.amo-segments__chip').first().waitFor()
  return panel.locator('.amo-segments__chip').allTextContents()
}

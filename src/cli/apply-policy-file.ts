import type { Language } from '../segmentation/rules/local-text.ts'
import { applyPolicy } from '../sync/apply-policy.ts'
import type { OpenAccount } from './open-account.ts'
import { faultLines } from './preview-policy-file.ts'
import { previewLines } from './preview-text.ts'
import { readPolicyFile } from './read-policy-file.ts'
import type { Output } from './run-command.ts'

const SAYS = {
  ru: {
    applied: (version: number, run: string) =>
      `Версия ${version} сохранена. Работающий сервис приводит к ней базу; отменить: policy undo ${run}`,
    onlyNew: (version: number) => `Версия ${version} сохранена: она действует для тех, кто изменится с этого момента.`,
    reading: 'Сначала сервис заново прочитает базу: в зеркале нет того, что нужно политике.',
    outdated: (version: number) => `Тем временем сохранена версия ${version}: сначала посмотрите её (policy show).`,
    changed: 'База изменилась после просмотра. Ничего не сохранено. Вот что было бы теперь:',
  },
  en: {
    applied: (version: number, run: string) =>
      `Version ${version} is saved. The running service brings it to the base; to take it back: policy undo ${run}`,
    onlyNew: (version: number) => `Version ${version} is saved: it holds for those who change from now on.`,
    reading: 'The service reads the base again first: the mirror lacks what the policy needs.',
    outdated: (version: number) => `Version ${version} was saved meanwhile: look at it first (policy show).`,
    changed: 'The base changed since the preview. Nothing was saved. This is what would be done now:',
  },
} as const

export interface ApplyFileOptions {
  readonly onlyNew?: boolean
  readonly author: string
  /** Fingerprint of the preview that was looked at. */
  readonly previewed?: string
  readonly lang?: Language
}

/** Saves the policy of a file and has the running service bring it to the clients. */
export const applyPolicyFile = async (
  { context, stores, queues, requestsPerSecond }: OpenAccount,
  file: string,
  { onlyNew = false, author, previewed, lang }: ApplyFileOptions,
  { line, fault }: Output,
): Promise<void> => {
  const policy = await readPolicyFile(file)
  const language = lang ?? policy.language
  const says = SAYS[language]
  const scope = onlyNew ? 'only_new' : 'all'
  const change = { policy, base: context.policyVersion, author, scope, previewed: previewed ?? null } as const
  const application = await applyPolicy(context, { policies: stores.policies, queues, requestsPerSecond }, change)
  switch (application.type) {
    case 'applied':
      line(onlyNew ? says.onlyNew(application.version) : says.applied(application.version, application.run))
      if (application.work === 'backfill') line(says.reading)
      break
    case 'invalid':
      fault(faultLines(application.faults))
      break
    case 'outdated':
      fault(says.outdated(application.version))
      break
    case 'changed':
      fault(says.changed)
      for (const text of previewLines(application.preview, { language, policy, account: context.compiled.account }))
        line(text)
  }
}

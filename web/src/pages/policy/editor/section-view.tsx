import type { ReactNode } from 'react'
import type { SectionName } from '../form/fault-path.ts'
import { RulesSection } from '../rules/rules-section.tsx'
import { ActionsSection } from '../sections/actions-section.tsx'
import { CardSection } from '../sections/card-section.tsx'
import { GeneralSection } from '../sections/general-section.tsx'
import { LifecycleSection } from '../sections/lifecycle-section.tsx'
import { PurchaseSection } from '../sections/purchase-section.tsx'
import { StandingSection } from '../sections/standing-section.tsx'
import { ValueSection } from '../sections/value-section.tsx'
import { WritingSection } from '../sections/writing-section.tsx'

const VIEWS: Readonly<Record<SectionName, () => ReactNode>> = {
  purchases: PurchaseSection,
  lifecycle: LifecycleSection,
  standing: StandingSection,
  value: ValueSection,
  rules: RulesSection,
  writing: WritingSection,
  card: CardSection,
  actions: ActionsSection,
  general: GeneralSection,
}

/** One section of the form. */
export const SectionView = ({ section }: { readonly section: SectionName }) => {
  const View = VIEWS[section]
  return (
    <div className="sections">
      <View />
    </div>
  )
}

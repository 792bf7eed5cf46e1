import { useTranslation } from 'react-i18next'
import { useAccount } from '../../api/account.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { useSegments } from '../../ui/segment-names.ts'
import { CardSkeleton } from '../../ui/skeleton.tsx'
import { ActiveBaseCard } from './active-base-card.tsx'
import { BaseIntake } from './base-intake.tsx'
import { HealthStrip } from './health-strip.tsx'
import { LifecycleCard } from './lifecycle-card.tsx'
import { SleepersCard } from './sleepers-card.tsx'
import { TemperatureCard } from './temperature-card.tsx'
import { WeekMovesCard } from './week-moves-card.tsx'
import './overview.css'

/** The base at a glance: what it is made of, who is active, what moves and what is about to be lost. */
export const OverviewPage = () => {
  const { t } = useTranslation('overview')
  const { account } = useAccount()
  const segments = useSegments()
  return (
    <Page title={t('title')}>
      <HealthStrip />
      <BaseIntake account={account} />
      <div className="overview-grid">
        <Loaded query={segments} skeleton={<CardSkeleton />}>
          {({ segments: all }) => <LifecycleCard segments={all.filter(({ dimension }) => dimension === 'lifecycle')} />}
        </Loaded>
        <Loaded query={segments} skeleton={<CardSkeleton />}>
          {({ segments: all }) => (
            <TemperatureCard segments={all.filter(({ dimension }) => dimension === 'temperature')} />
          )}
        </Loaded>
        <SleepersCard />
        <WeekMovesCard />
        <ActiveBaseCard />
      </div>
    </Page>
  )
}

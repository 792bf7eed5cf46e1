import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useGet } from '../../api/use-get.ts'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { useSegments } from '../../ui/segment-names.ts'
import { matrixOf } from './matrix-of.ts'
import { MatrixTable } from './matrix-table.tsx'
import type { Moves } from './movement-types.ts'
import { Switch } from './switch.tsx'
import type { MovementFilter } from './use-movement-filter.ts'

const DIMENSIONS = ['lifecycle', 'temperature', 'standing', 'tier'] as const
const MEASURES = ['count', 'ltv'] as const

/** Who went from which segment to which, as a table of heat. */
export const MatrixCard = ({ filter }: { readonly filter: MovementFilter }) => {
  const { t } = useTranslation('movement')
  const [dimension, setDimension] = useState<(typeof DIMENSIONS)[number]>('lifecycle')
  const [measure, setMeasure] = useState<(typeof MEASURES)[number]>('count')
  const query = { dimension, ...filter.span, ...filter.deals }
  const moves = useGet<Moves>('/segments/moves', query, { keepPrevious: true })
  const segments = useSegments().data?.segments ?? []
  const own = segments.filter((one) => one.dimension === dimension).map(({ segment }) => segment)
  const dimensions = DIMENSIONS.filter((name) => name !== 'tier' || segments.some((one) => one.dimension === 'tier'))
  return (
    <Card
      title={t('matrix.title')}
      hint={t('matrix.hint')}
      actions={
        <>
          <Switch label={t('matrix.measure')} value={measure} onValue={setMeasure} options={options(MEASURES)} />
          <Switch
            label={t('matrix.dimension')}
            value={dimension}
            onValue={setDimension}
            options={options(dimensions)}
          />
        </>
      }
    >
      <Loaded query={moves}>
        {(found) =>
          found.moves.length === 0 ? (
            <EmptyState title={t('matrix.empty')} text={t('matrix.emptyText')} />
          ) : (
            <>
              <MatrixTable matrix={matrixOf(found.moves, own)} {...{ dimension, measure }} />
              {!found.isWhole && <p className="muted">{t('matrix.partial')}</p>}
            </>
          )
        }
      </Loaded>
    </Card>
  )

  function options<Name extends string>(names: readonly Name[]) {
    return names.map((name) => ({ value: name, name: t(`matrix.by.${name}`) }))
  }
}

import { useTranslation } from 'react-i18next'
import { useAccount } from '../api/account.ts'

/** Why whoever looks may not change anything; null: he may. For `reason` of buttons and for notes beside forms. */
export const useAdminReason = (): string | null => {
  const { t } = useTranslation()
  return useAccount().caller.isAdmin ? null : t('state.adminOnly')
}

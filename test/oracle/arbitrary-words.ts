/** Days that settings, conditions and the distances between instants are drawn from, so that they meet. */
export const DAYS = [1, 2, 7, 14, 30, 31, 60, 90, 120, 365, 730] as const

/** Prices and bounds of sums. */
export const PRICES = [0, 0.1, 0.2, 100, 999.99, 1_000, 2_500.5, 10_000, 25_000] as const

/** Tags of people, of rules and of segments. */
export const TAGS = ['VIP', 'Опт', 'тег 1', 'тег 2', 'тег 3', 'тег 4', 'Новый', 'Спящий', 'Горячий', 'Золото'] as const

/** Tags that rules set. */
export const RULE_TAGS = ['тег 1', 'тег 2', 'тег 3', 'тег 4', 'тег 5', 'тег 6', 'VIP', 'Горячий'] as const

/** Tags that rules read of each other and of the dimensions. */
export const FED_TAGS = ['тег 1', 'тег 2', 'тег 3', 'тег 4', 'тег 5', 'тег 6', 'Новый', 'Тёплый', 'Горячий'] as const

/** Contents of text fields. */
export const TEXTS = ['Москва', 'Санкт-Петербург', 'yandex', 'Yandex Direct', '35', 'а'] as const

/** Labels of tiers. */
export const TIERS = ['Золото', 'Серебро', 'Бронза'] as const

/** The instant from which most others are whole days away: 1 September 2025, a midnight of UTC. */
export const START = 1_756_684_800

import { z } from 'zod'

/** An amoCRM id: pipelines, statuses, users, fields, loss reasons. */
export const idSchema = z.int().positive()

/** A custom field by its id, or by its code (`PHONE`, `UTM_SOURCE`, …), which survives a move to another account. */
export const fieldRefSchema = z.union([idSchema, z.string().trim().min(1).max(255)])

export type FieldRef = z.infer<typeof fieldRefSchema>

/** Name of a tag or of an option of a select field, as people see it. */
export const nameSchema = z.string().trim().min(1).max(120)

/** Whole days; N days from an instant t cover [t, t + N × 86,400 s). */
export const daysSchema = z.int().min(1).max(36_500)

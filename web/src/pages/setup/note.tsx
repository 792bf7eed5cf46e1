import type { ReactNode } from 'react'

interface NoteProps {
  readonly tone: 'good' | 'warn' | 'bad'
  readonly title: string
  readonly children: ReactNode
}

/** Something that whoever looks should know of before the figures. */
export const Note = ({ tone, title, children }: NoteProps) => (
  <div className={`note note-${tone}`}>
    <p>
      <strong>{title}</strong>
    </p>
    <p>{children}</p>
  </div>
)

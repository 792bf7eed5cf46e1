/** A command that cannot go on because of what it was given; the message is for the person who gave it. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure'
  readonly code = 'COMMAND_FAILURE'
}

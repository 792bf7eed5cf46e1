import cliProgress from 'cli-progress'

export interface Progress {
  /** How much of the whole is done. */
  show(done: number): void
  end(): void
}

const STEPS = 10

/** A bar where there is a terminal, else a line for each tenth. */
export function showProgress(title: string, total: number): Progress {
  return process.stdout.isTTY === true ? bar(title, total) : lines(title, total)
}

function bar(title: string, total: number): Progress {
  const format = `  ${title} {bar} {percentage}% | {value}/{total} | {duration_formatted}`
  const single = new cliProgress.SingleBar({ format, hideCursor: true }, cliProgress.Presets.shades_classic)
  single.start(total, 0)
  return {
    show: (done) => single.update(Math.min(done, total)),
    end: () => {
      single.update(total)
      single.stop()
    },
  }
}

function lines(title: string, total: number): Progress {
  let shown = 0
  const show = (done: number): void => {
    const step = Math.floor((Math.min(done, total) / total) * STEPS)
    if (step <= shown) return
    shown = step
    console.log(`  ${title}: ${(step * 100) / STEPS}% (${Math.min(done, total)} of ${total})`)
  }
  return { show, end: () => show(total) }
}

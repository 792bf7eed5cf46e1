import { readFile } from 'node:fs/promises'
import { Resvg } from '@resvg/resvg-js'

/** File names and sizes as amoCRM asks for them (structure of a widget), pixels. */
export const IMAGE_SIZES = {
  'logo_main.png': [400, 272],
  'logo_small.png': [108, 108],
  'logo.png': [130, 100],
  'logo_medium.png': [240, 84],
  'logo_min.png': [84, 84],
  'logo_dp.png': [174, 109],
} as const satisfies Readonly<Record<string, readonly [width: number, height: number]>>

/** The mark of the product, as the web app has it. */
const MARK = new URL('../../web/public/icon.svg', import.meta.url)
const GROUND = '#f3f7fd'

/** Part of the lesser side that the mark takes. */
const SHARE = 0.78

/** Draws the one mark in the middle of every image; no letters, whose fonts differ between machines. */
export const drawImages = async (): Promise<Readonly<Record<string, Uint8Array>>> => {
  const mark = `data:image/svg+xml;base64,${(await readFile(MARK)).toString('base64')}`
  return Object.fromEntries(
    Object.entries(IMAGE_SIZES).map(([name, [width, height]]) => [`images/${name}`, draw(mark, width, height)]),
  )
}

const draw = (mark: string, width: number, height: number): Uint8Array => {
  const side = Math.min(width, height) * SHARE
  // The widest stands at the head of the panel, whose text begins at the left.
  const [x, y] = [width > 2 * height ? height - side : (width - side) / 2, (height - side) / 2]
  const image = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="${width}" height="${height}" fill="${GROUND}"/>
    <image x="${x}" y="${y}" width="${side}" height="${side}" href="${mark}"/>
  </svg>`
  return new Resvg(image).render().asPng()
}

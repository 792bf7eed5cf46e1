/** The mark of the product. */
export const Logo = () => <img src="/app/icon.svg" width={28} height={28} alt="" className="logo" />

/** Milliseconds by which the server's clock is ahead of this device's. */
let ahead = 0;

/** `fetch`, which also learns from each answer what time it is at the server. */
export const fetchAndCompareClocks: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  const difference = Date.parse(response.headers.get('date') ?? '') - Date.now();
  // The header counts whole seconds and has been on its way: a small difference says nothing.
  ahead = Math.abs(difference) > 2000 ? difference : 0;
  return response;
};

/** When a moment of the server's comes on this device's clock, which may be hours off. */
export function onThisClock(serverTime: string): number {
  return Date.parse(serverTime) - ahead;
}

/** The moment so many seconds from now, on this device's clock. */
export function secondsFromNow(seconds: number): number {
  return Date.now() + seconds * 1000;
}

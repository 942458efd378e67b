/** Variables by how often they were part of a conflict lately. */
export interface ActivityHeap {
  readonly activity: Float64Array;
  readonly order: number[]; // a binary heap
  readonly place: Int32Array; // of each variable in it; -1: taken out
  step: number;
}

/** All variables, each as active as is said. */
export function heapOf(activity: Float64Array): ActivityHeap {
  const order = Array.from(activity.keys()).sort(
    (a, b) => (activity[b] ?? 0) - (activity[a] ?? 0) || a - b,
  );
  const place = new Int32Array(activity.length);
  for (const [at, variable] of order.entries()) place[variable] = at;
  return { activity, order, place, step: 1 };
}

/** The most active variable, taken out; -1: there is none. */
export function popHighest(heap: ActivityHeap): number {
  const { order, place } = heap;
  const top = order[0];
  const last = order.pop();
  if (top === undefined || last === undefined) return -1;
  place[top] = -1;
  if (order.length > 0) {
    order[0] = last;
    place[last] = 0;
    sink(heap, 0);
  }
  return top;
}

/** Puts a variable back. */
export function restore(heap: ActivityHeap, variable: number): void {
  const { order, place } = heap;
  if ((place[variable] ?? -1) >= 0) return;
  order.push(variable);
  place[variable] = order.length - 1;
  rise(heap, order.length - 1);
}

/** Makes a variable more active. */
export function bump(heap: ActivityHeap, variable: number): void {
  const { activity, place } = heap;
  const value = (activity[variable] ?? 0) + heap.step;
  activity[variable] = value;
  if (value > 1e100) {
    for (let at = 0; at < activity.length; at += 1) activity[at] = (activity[at] ?? 0) * 1e-100;
    heap.step *= 1e-100;
  }
  const at = place[variable] ?? -1;
  if (at >= 0) rise(heap, at);
}

function rise({ activity, order, place }: ActivityHeap, start: number): void {
  let at = start;
  const variable = order[at] ?? 0;
  while (at > 0) {
    const above = (at - 1) >> 1;
    const other = order[above] ?? 0;
    if ((activity[other] ?? 0) >= (activity[variable] ?? 0)) break;
    order[at] = other;
    place[other] = at;
    at = above;
  }
  order[at] = variable;
  place[variable] = at;
}

function sink(heap: ActivityHeap, start: number): void {
  const { activity, order, place } = heap;
  let at = start;
  const variable = order[at] ?? 0;
  for (let below = higher(heap, at); below >= 0; below = higher(heap, at)) {
    const other = order[below] ?? 0;
    if ((activity[other] ?? 0) <= (activity[variable] ?? 0)) break;
    order[at] = other;
    place[other] = at;
    at = below;
  }
  order[at] = variable;
  place[variable] = at;
}

/** The more active of the two places below; -1: there is none. */
function higher({ activity, order }: ActivityHeap, at: number): number {
  const left = order[2 * at + 1];
  const right = order[2 * at + 2];
  if (left === undefined) return -1;
  if (right === undefined) return 2 * at + 1;
  return (activity[right] ?? 0) > (activity[left] ?? 0) ? 2 * at + 2 : 2 * at + 1;
}

/** A map that forgets what was used longest ago. */
export class Lru<K, V> {
  private readonly map = new Map<K, V>()
  constructor(private readonly most: number) {}

  get(key: K): V | undefined {
    const value = this.map.get(key)
    if (value !== undefined) {
      this.map.delete(key)
      this.map.set(key, value)
    }
    return value
  }

  set(key: K, value: V): void {
    this.map.delete(key)
    this.map.set(key, value)
    if (this.map.size > this.most) this.map.delete(this.map.keys().next().value!)
  }
}

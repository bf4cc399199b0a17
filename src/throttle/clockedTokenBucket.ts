import { TokenBucket } from "limiter";

/**
 * `limiter`'s token bucket on an injected clock. The original refills by `performance.now()`, which a virtual clock
 * cannot move and a suspended machine can stop.
 */
export class ClockedTokenBucket extends TokenBucket {
  private nowMs = 0;

  constructor(bucketSize: number, tokensPerSecond: number) {
    super({ bucketSize, tokensPerInterval: tokensPerSecond, interval: 1000 });
    this.lastDrip = 0;
    this.content = bucketSize;
  }

  /** Sets the time that the bucket refills to. Call it before any other method. */
  advanceTo(nowMs: number): void {
    this.nowMs = nowMs;
  }

  /** Adds the tokens that have accrued since the last call. */
  drip(): boolean {
    const before = this.content;
    const elapsedMs = Math.max(0, this.nowMs - this.lastDrip);
    this.lastDrip = this.nowMs;
    this.content = Math.min(this.bucketSize, before + (elapsedMs * this.tokensPerInterval) / this.interval);
    return Math.floor(this.content) > Math.floor(before);
  }

  /** Changes rate and size from now on. Tokens that have accrued at the old rate stay, up to the new size. */
  resize(bucketSize: number, tokensPerSecond: number): void {
    if (this.tokensPerInterval === tokensPerSecond && this.bucketSize === bucketSize) return;
    this.drip();
    this.tokensPerInterval = tokensPerSecond;
    this.bucketSize = bucketSize;
    this.content = Math.min(this.content, bucketSize);
  }

  /** Returns one token that was taken and not used. */
  returnToken(): void {
    this.content = Math.min(this.bucketSize, this.content + 1);
  }
}

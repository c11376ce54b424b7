// What OpenCode has used since its process began, for opencode.mjs: in all its conversations, a subagent's
// too. Each reply ends with a step that has its tokens and its price. What a session says of itself is a
// turn behind, and goes on from earlier processes; what names a conversation is told of nowhere.

const number = (value) => (Number.isFinite(value) && value > 0 ? value : 0)
const sum = (values) => values.reduce((all, each) => all + number(each), 0)

export class Used {
  #say
  #began = Date.now()
  // When each conversation began: a message that is older was copied into it, and counted where it was.
  #sessions = new Map()
  #replies = new Map()
  // By their ids, since the last word on each counts.
  #steps = new Map()
  #lines = new Map()
  #most = { added: 0, removed: 0 }
  #newest
  #windows
  #told

  constructor(say) {
    this.#say = say
  }

  session({ id, time }) {
    this.#sessions.set(id, time?.created)
  }

  // Whether it is one of this process. `aside` is that of a subagent.
  message(info, aside, client) {
    const created = info.time?.created
    if (created < this.#began || created < this.#sessions.get(info.sessionID)) return false
    if (info.role === "assistant") {
      this.#replies.set(info.id, { model: info.modelID, provider: info.providerID, aside })
      this.#ask(client)
    } else if (Array.isArray(info.summary?.diffs)) {
      // What has changed in the worktree since that prompt, by whatever tool.
      this.#lines.set(info.id, info.summary.diffs)
      this.#tell()
    }
    return true
  }

  step({ id, messageID, cost, tokens }) {
    const reply = this.#replies.get(messageID)
    if (!reply || !tokens) return
    const sent = sum([tokens.input, tokens.cache?.read, tokens.cache?.write])
    const got = sum([tokens.output, tokens.reasoning])
    this.#steps.set(id, { cost, sent, got })
    if (!reply.aside) this.#newest = { ...reply, holds: sent + got }
    this.#tell()
  }

  // How much each model can hold, once.
  async #ask(client) {
    if (this.#windows) return
    this.#windows = new Map()
    try {
      const { data } = await client.config.providers()
      for (const provider of data.providers) {
        for (const model of Object.values(provider.models)) {
          this.#windows.set(provider.id + "/" + model.id, model.limit?.context)
        }
      }
      this.#tell()
    } catch {
      // Then no share of it is told.
    }
  }

  #tell() {
    const steps = [...this.#steps.values()]
    if (!steps.length) return
    const diffs = [...this.#lines.values()].flat()
    // Lines that were taken back were changed all the same.
    this.#most.added = Math.max(this.#most.added, sum(diffs.map((diff) => diff.additions)))
    this.#most.removed = Math.max(this.#most.removed, sum(diffs.map((diff) => diff.deletions)))
    const { model, provider, holds } = this.#newest ?? {}
    const window = number(this.#windows.get(provider + "/" + model))
    const now = {
      model,
      cost: sum(steps.map((step) => step.cost)),
      input: sum(steps.map((step) => step.sent)),
      output: sum(steps.map((step) => step.got)),
      ...this.#most,
      context: window ? Math.min(100, (100 * holds) / window) : undefined,
    }
    const told = JSON.stringify(now)
    if (told !== this.#told) this.#say("muster.used", now)
    this.#told = told
  }
}

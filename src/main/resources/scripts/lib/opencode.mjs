// Muster's plugin of OpenCode: hands the events of its bus that say how it stands to hook.sh, one
// after the other, and its requests to ask.sh, which waits beside OpenCode's own dialog for an answer
// from elsewhere. It lives in OpenCode's process and ends with it. Whatever fails in here is none of
// OpenCode's business.
import { spawn } from "node:child_process"
import { existsSync } from "node:fs"
import { setTimeout as pause } from "node:timers/promises"
import { Used } from "./opencode-used.mjs"

const LIB = process.env.MUSTER_LIB
const LONGEST = 20000

// Texts are cut: what is long is not what a board shows.
function short(value) {
  if (typeof value === "string") return value.length > LONGEST ? value.slice(0, LONGEST) + "…" : value
  if (Array.isArray(value)) return value.slice(0, 100).map(short)
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, short(each)]))
  }
  return value
}

// Runs a script with a document on its standard input; resolves with what it printed.
function run(script, args, input, started) {
  return new Promise((resolve) => {
    const child = spawn("/bin/sh", [LIB + "/" + script, ...args], { stdio: ["pipe", "pipe", "ignore"] })
    let out = ""
    child.on("error", () => resolve(""))
    child.stdout.on("data", (data) => (out += data))
    child.on("close", () => resolve(out))
    child.stdin.on("error", () => {})
    child.stdin.end(JSON.stringify(input))
    started?.(child)
  })
}

// It can be typed to when its screen is there, which is later than this: title.sh sees that. On a busy
// machine that takes long; where it sets no title, it is never seen.
async function shown() {
  for (let i = 0; i < 300 && !existsSync(process.env.MUSTER_RUN_DIR + "/shown"); i++) await pause(100)
}

// In order: a record is written when the one before it is.
let last = shown()
function say(type, properties) {
  last = last.then(() => run("hook.sh", [], { type, properties: short(properties) })).catch(() => {})
}

const children = new Set()
const waiting = new Map()
const running = new Set()
const prompts = new Set()
const users = new Set()
const used = new Used(say)
let words = ""
let failed = false

function by(id) {
  return children.has(id) ? { by: id } : {}
}

// Asks elsewhere, too; the answer goes to OpenCode as if it came from its own screen.
async function ask(client, request, payload, answer) {
  // The record of the tool that it asks for comes first.
  await last
  const out = await run("ask.sh", ["opencode"], payload, (child) => waiting.set(request.id, child))
  if (!waiting.delete(request.id) || !out.trim()) return
  try {
    const decision = JSON.parse(out).hookSpecificOutput.decision
    const [url, body] = answer(decision)
    const headers = { "Content-Type": "application/json" }
    await client._client.post({ url, body, headers })
    if (decision.interrupt) {
      const stop = "/session/" + encodeURIComponent(request.sessionID) + "/abort"
      await client._client.post({ url: stop, body: {}, headers })
    }
  } catch {
    // The dialog on the screen is still there.
  }
}

// Answered on the screen: whoever waits elsewhere need not.
function settle(id) {
  const child = waiting.get(id)
  waiting.delete(id)
  child?.kill("SIGTERM")
}

const readers = {
  "session.created": ({ info }) => {
    used.session(info)
    if (info.parentID) return void children.add(info.id)
    say("session.created", { sessionID: info.id, model: info.model?.id })
  },
  "session.deleted": ({ info }) => {
    if (children.delete(info.id)) say("session.deleted", { by: info.id })
  },
  "session.updated": ({ info }) => {
    if (info.parentID) children.add(info.id)
  },
  "message.updated": ({ info }, client) => {
    if (!used.message(info, children.has(info.sessionID), client)) return
    if (info.role === "user" && !children.has(info.sessionID)) users.add(info.id)
  },
  "message.part.updated": ({ part }) => {
    if (part.type === "step-finish") return void used.step(part)
    if (part.type === "tool") {
      const status = part.state.status
      if (status === "running" && !running.has(part.callID)) {
        running.add(part.callID)
        const state = { status, input: part.state.input }
        say("message.part.updated", { ...by(part.sessionID), part: { ...part, state } })
      } else if ((status === "completed" || status === "error") && running.delete(part.callID)) {
        const { callID, tool } = part
        say("message.part.updated", { ...by(part.sessionID), part: { callID, tool, state: { status } } })
      }
    }
    if (part.type !== "text" || part.synthetic || children.has(part.sessionID)) return
    if (users.has(part.messageID)) {
      if (prompts.has(part.messageID)) return
      prompts.add(part.messageID)
      words = ""
      failed = false
      say("muster.prompt", { text: part.text })
    } else if (part.time?.end) {
      words = part.text
    }
  },
  "session.status": ({ sessionID, status }) => {
    if (!children.has(sessionID)) say("session.status", { status })
  },
  "session.idle": ({ sessionID }) => {
    if (children.has(sessionID)) return void say("session.deleted", { by: sessionID })
    say("session.idle", { last: words, failed })
  },
  "session.error": ({ sessionID, error }) => {
    if (children.has(sessionID) || !error) return
    failed = true
    const { message, statusCode } = error.data ?? {}
    say("session.error", { error: { name: error.name, data: { message, statusCode } } })
  },
  "session.compacted": ({ sessionID }) => {
    if (!children.has(sessionID)) say("session.compacted", {})
  },
  "permission.asked": (request, client) => {
    const payload = {
      hook_event_name: "PermissionRequest",
      tool_name: request.permission,
      tool_input: { ...request.metadata, patterns: request.patterns },
      permission_suggestions: (request.always ?? []).map((pattern) => ({ pattern })),
      tool_use_id: request.tool?.callID,
      ...(children.has(request.sessionID) ? { agent_id: request.sessionID } : {}),
    }
    ask(client, request, payload, (decision) => [
      "/permission/" + encodeURIComponent(request.id) + "/reply",
      decision.behavior === "allow"
        ? { reply: decision.updatedPermissions ? "always" : "once" }
        : { reply: "reject", message: decision.message },
    ])
  },
  "permission.replied": (reply) => settle(reply.requestID ?? reply.permissionID),
  "question.asked": (request, client) => {
    const payload = {
      hook_event_name: "PermissionRequest",
      tool_name: "question",
      tool_input: { questions: request.questions },
      tool_use_id: request.tool?.callID,
    }
    const url = "/question/" + encodeURIComponent(request.id)
    ask(client, request, payload, (decision) => {
      const answers = decision.updatedInput?.answers
      return answers
        ? [url + "/reply", { answers: request.questions.map((q) => [answers[q.question] ?? ""]) }]
        : [url + "/reject", {}]
    })
  },
  "question.replied": (reply) => settle(reply.requestID),
  "question.rejected": (reply) => settle(reply.requestID),
}

let begun = false
export const Muster = async ({ client }) => {
  // One record for the process, however many folders it opens.
  if (!LIB || begun) return {}
  begun = true
  say("muster.began", {})
  process.on("exit", () => waiting.forEach((child) => child.kill("SIGTERM")))
  return {
    event: async ({ event }) => {
      try {
        readers[event.type]?.(event.properties, client)
      } catch {
        // An event of another shape than was known says nothing.
      }
    },
  }
}

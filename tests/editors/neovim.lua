-- Run by test_neovim.py inside a headless Neovim (0.7 or later): opens $PROMPT, waits for the diagnostics of the
-- server, types $TYPED before the first character, waits again, hovers over the first diagnostic, saves, stops the
-- server, and prints all that it saw as JSON.
local out = { messages = {} }
local last = nil

local publish = vim.lsp.handlers["textDocument/publishDiagnostics"]
vim.lsp.handlers["textDocument/publishDiagnostics"] = function(err, params, ctx, config)
  publish(err, params, ctx, config)
  if params.uri == vim.uri_from_bufnr(0) then
    last = params
  end
end

vim.lsp.handlers["window/showMessage"] = function(_, params)
  table.insert(out.messages, params.message)
end

local function shown()
  local all = {}
  for _, d in ipairs(vim.diagnostic.get(0)) do
    table.insert(all, {
      code = d.code or d.user_data.lsp.code,
      message = d.message,
      start = { d.lnum, d.col },
      ["end"] = { d.end_lnum, d.end_col },
    })
  end
  return all
end

local function wait_for(what, condition)
  assert(vim.wait(30000, condition, 10), "waited in vain for " .. what)
end

local function start()
  local config = {
    name = "promptgauge",
    cmd = vim.json.decode(vim.env.PROMPTGAUGE_SERVER),
    root_dir = vim.env.WORKSPACE,
  }
  if vim.lsp.start then
    return vim.lsp.start(config)
  end
  local id = vim.lsp.start_client(config)
  vim.lsp.buf_attach_client(0, id)
  return id
end

local ok, err = pcall(function()
  vim.cmd("edit " .. vim.fn.fnameescape(vim.env.PROMPT))
  local id = start()
  wait_for("the first diagnostics", function()
    return last ~= nil
  end)
  out.encoding = vim.lsp.get_client_by_id(id).offset_encoding
  out.opened = shown()

  local before = last.version
  vim.api.nvim_buf_set_text(0, 0, 0, 0, 0, { vim.env.TYPED })
  wait_for("the diagnostics of the edited text", function()
    return last.version > before
  end)
  out.edited = shown()

  local params = { textDocument = { uri = last.uri }, position = last.diagnostics[1].range.start }
  local answers = vim.lsp.buf_request_sync(0, "textDocument/hover", params, 30000)
  out.hovered = last.diagnostics[1].code
  out.hover = answers[id].result.contents.value

  vim.cmd("silent write")
  vim.lsp.stop_client(id)
  wait_for("the server to end", function()
    return vim.lsp.client_is_stopped(id)
  end)
end)
if not ok then
  out.error = tostring(err)
end
io.stdout:write(vim.json.encode(out) .. "\n")
io.stdout:flush()
vim.cmd(ok and "qa!" or "1cquit!")

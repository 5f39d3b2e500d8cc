"""The words that name the parts of a prompt, in the languages that prompts are written in.

Each table maps a part to a pattern over a title or a sentence. English words are whole words; Chinese and Japanese
write without spaces, so theirs may stand anywhere.
"""

from __future__ import annotations

import re

_I = re.IGNORECASE


EXAMPLE_END = re.compile(r"^\W*end (?:of )?(?:the )?examples?\b|^#?endtemplate\b", _I)


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), _I)


# ---- Titles of sections -------------------------------------------------------------------------------------------

EXAMPLE_TITLE = _words(
    r"\bexamples?\b", r"\bfew[- ]?shots?\b", r"\bdemonstrations?\b", r"\bsample (?:\w+ )?(?:responses?|outputs?|answers?|conversations?|dialogu?es?|interactions?|replies)\b",
    r"示例", r"例子", r"样例", r"范例", r"举例", r"案例", r"(?:^|[^比])例$", r"例[：:]?$", r"サンプル",
    r"\bejemplos?\b", r"\bbeispiele?\b", r"\bexemples?\b", r"\bexemplos?\b", r"\bпример(?:ы|ов)?\b", r"مثال|أمثلة",
)  # fmt: skip
OUTPUT_TITLE = _words(
    r"\boutput\b", r"\b(?:response|answer|reply|report|return|review|message|result)s? (?:format|structure|template|schema|style guide|requirements?)\b",
    r"\bformat(?:ting)?\b", r"\bjson\b", r"\bschema\b", r"\breport structure\b", r"\btemplate\b", r"\bdeliverables?\b",
    r"\b(?:general|naming) pattern\b", r"\bstructure\b", r"\bexpected results?\b", r"\bgrounding rules\b",
    r"输出", r"格式", r"返回", r"出力", r"形式", r"フォーマット",
    r"\bsalida\b", r"\bformato\b", r"\bausgabe(?:format)?\b", r"\bsortie\b", r"\bsaída\b", r"\bформат\b|\bвывод\b", r"تنسيق|المخرجات",
)  # fmt: skip
KNOWLEDGE_TITLE = _words(
    r"\bbackground\b", r"\bknowledge\b", r"\bdefinitions?\b", r"\bglossary\b", r"\breferences?\b", r"\bdocumentation\b",
    r"\bfaqs?\b", r"\bcatalog(?:ue)?\b", r"\bfacts?\b", r"\bresources?\b", r"\bkey (?:concepts|terms)\b", r"\bpolic(?:y|ies)\b",
    r"\babout\b", r"\bsupported\b", r"\bavailable (?:tools|models|commands|functions)\b", r"\btools?\b", r"\bmatrix\b",
    r"\boverview\b", r"\bscale\b", r"\brubric\b", r"\blevels\b", r"\bcriteria\b", r"\bapi\b", r"\bsyntax\b", r"\btable\b",
    r"\bcharacter\b", r"\bconcepts?\b", r"\bconfiguration\b", r"\bproperties\b", r"\brequirements? matrix\b", r"\bmenu\b", r"\bpricing\b", r"\bproducts?\b",
    r"\bversions?\b", r"\bfeatures?\b", r"\bchanges\b", r"\bdata ?set\b", r"\binventory\b", r"\btips and tricks\b",
    r"背景", r"知识", r"定义", r"参考", r"术语", r"資料", r"定義", r"参考資料", r"用語",
    r"\bconocimientos?\b", r"\bdefiniciones\b", r"\bwissen\b", r"\bdefinitionen\b", r"\bconnaissances?\b", r"\bconhecimento\b", r"\bсправ\w*\b|\bзнания\b", r"معلومات|تعريفات",
)  # fmt: skip
REFERENCE_TITLE = re.compile(
    r"\b(?:documentation|reference|knowledge|syntax|glossary|background|definitions?|faqs?|catalog(?:ue)?)\b|知识|参考|术语|資料|用語", _I
)
INPUT_TITLE = _words(
    r"^(?:the |your |user'?s? |customer'?s? |current |new |actual )*(?:input|inputs|question|questions|query|queries|context|documents?|data|real data|text|conversation|transcript|message|messages|request|article|content|code|history|chat history|conversation history|previous \w+|customer|arguments?|user (?:input|message|request|query|question)|search results?|email)$",
    r"\bconversation history\b", r"\bchat history\b", r"\bprevious (?:orders|conversation|messages)\b", r"\binput\b(?! (?:format|schema|validation|handling))",
    r"^输入$", r"用户(?:输入|问题)", r"^问题$", r"^入力$", r"^質問$", r"^entrada$", r"^eingabe$", r"^entrée$", r"^ввод$", r"^المدخلات$",
)  # fmt: skip
EDGE_TITLE = _words(
    r"\bedge[- ]cases?\b", r"\bexceptions?\b", r"\bspecial (?:cases?|handling|situations?)\b", r"\bfallbacks?\b", r"\bfailure\b", r"\berror handling\b",
    r"\bwhen (?:not )?to\b", r"\bwhen (?:not )?using\b", r"\bunacceptable\b", r"\bdefault state\b", r"\bwarnings?\b",
    r"例外", r"特殊情况", r"边界", r"異常", r"\bexcepciones\b", r"\bausnahmen\b", r"\bexceptions\b", r"\bexceções\b", r"\bисключения\b", r"استثناءات",
)  # fmt: skip
INSTRUCTION_TITLE = _words(
    r"\bidentity\b", r"\bpurpose\b", r"\brole\b", r"\bpersona\b", r"\bgoals?\b", r"\bobjectives?\b", r"\bsteps?\b", r"\binstructions?\b",
    r"\btasks?\b", r"\brules?\b", r"\bguidelines?\b", r"\bworkflow\b", r"\bconstraints?\b", r"\btips\b", r"\bbest practices\b",
    r"\bchecklist\b", r"\bprinciples?\b", r"\bprocess\b", r"\bprocedure\b", r"\bphases?\b", r"\bmission\b", r"\btone\b", r"\bstyle\b", r"\bsafety\b",
    r"\bresponsibilit\w+", r"\bdo(?:s)? not\b|\bdon'ts?\b", r"\bforbidden\b", r"\bremember\b", r"\binitiali[sz]ation\b", r"\bskills?\b", r"\bapproach\b",
    r"角色", r"目标", r"任务", r"规则", r"步骤", r"要求", r"技能", r"工作流", r"初始化", r"約束", r"约束", r"限制", r"ルール", r"手順", r"指針", r"ガイドライン", r"役割",
    r"\breglas\b|\binstrucciones\b|\btarea\b", r"\bregeln\b|\banweisungen\b|\baufgabe\b", r"\brègles\b|\btâche\b", r"\bregras\b|\btarefa\b", r"\bправила\b|\bзадача\b|\bинструкци\w+", r"قواعد|تعليمات|مهمة",
)  # fmt: skip

# ---- Labels of the two halves of an example -----------------------------------------------------------------------

INPUT_LABEL = re.compile(
    r"^(?:(?:example|sample|user|customer|test|original|source|given)[ _-])*(?:input|question|q|query|user(?: says?| asks?| message| input)?|human|customer|text|sentence|passage|email|event|url|document|context|statement|utterance|request|prompt|message|code|article|review|comment|tweet|conversation(?: history)?|dialogue|source|problem|scenario|situation|claim|premise|post|title|english|transcript|ticket|instruction|name|technical script)s?(?: ?#?\d+)?$"
    r"|^(?:输入|问题|用户|问|主题|原文|题目|入力|質問|ユーザー|entrada|pregunta|usuario|eingabe|frage|nutzer|entrée|utilisateur|pergunta|usuário|ввод|вопрос|пользователь|المدخل|السؤال|المستخدم) ?\d*$",
    _I,
)
ANSWER_LABEL = re.compile(
    r"^(?:(?:example|sample|expected|correct|model|final|your|desired|good|ideal|assistant)[ _-])*(?:output|answer|a|response|reply|assistant|ai|bot|result|label|category|intent|sentiment|classification|translation|summary|completion|stars|score|rating|verdict|json|sql|queries|class|gherkin|facts|tags?)s?(?: ?#?\d+)?$"
    r"|^(?:输出|答案|回答|答|助手|诗句|译文|结果|出力|答え|アシスタント|salida|respuesta|asistente|ausgabe|antwort|assistent|sortie|réponse|saída|resposta|вывод|ответ|ассистент|المخرج|الإجابة|الجواب|المساعد) ?\d*$",
    _I,
)
BAD_LABEL = re.compile(
    r"^(?:[❌✗✘⛔🚫] ?)?(?:wrong|bad|incorrect|don'?t|not|before|old|worse|avoid|poor|weak|invalid|错误|反例|不好|間違い|mal|schlecht|falsch|mauvais|ruim|плохо|خطأ)\b.{0,40}$|^.{0,24}\bto avoid$|^.{0,24}\((?:before|bad|wrong|old).{0,30}\)$",
    _I,
)
GOOD_LABEL = re.compile(
    r"^(?:[✅✓✔] ?)?(?:right|good|correct|do|after|new|better|prefer(?:red)?|strong|valid|正确|正例|好|正しい|bien|gut|richtig|bon|bom|хорошо|صحيح)\b.{0,40}$|^.{0,24}\bto adopt$|^.{0,24}\((?:after|good|right|new).{0,30}\)$",
    _I,
)
EXAMPLE_LINE = _words(
    r"^(?:#+ ?)?(?:\W*)(?:example|sample|demonstration|ejemplo|beispiel|exemple|exemplo|пример|مثال|示例|例子|样例|例)\s*[#№]?\s*(?:\d+|[A-Z一二三四五六七八九十]\b|[:：])",
    r"^(?:complete |full |filled |worked )?(?:\w+ ){0,3}examples?\s*[:：]?$",
    r"^\W*examples?\s*\W*$",
)
EXAMPLE_LEAD = _words(
    r"\b(?:for (?:instance|example)|here (?:is|are|'s)|below (?:is|are)|the (?:examples?|following)|some|few|following is)\b.{0,60}\bexamples?\b.{0,80}[:：]$",
    r"\bexamples?\b.{0,50}[:：]$", r"\bfor (?:instance|example)\b.{0,60}[:：]$", r"(?:例如|比如|示例|例子|例えば)[^。]*[：:]$",
    r"\b(?:por ejemplo|zum beispiel|par exemple|por exemplo|например)\b.{0,60}[:：]$",
)  # fmt: skip

# ---- Sentences ----------------------------------------------------------------------------------------------------

CONDITION = re.compile(
    r"\b(?:if|unless|except(?! for the above)|otherwise|in case|provided that|where (?:possible|appropriate|applicable|necessary|needed|relevant)|depending on)\b"
    r"|\b(?:only|always|never|not) when\b|(?:^|[,;.:(]\s*|[-–—]\s+|\*\*|\band )(?:when|whenever)\b|\bwhen (?:in doubt|appropriate|possible|needed|necessary|asked|the user|a user|the|there|you|it|both|no)\b"
    r"|如果|若(?!干)|除非|当.{1,20}时|否则|一旦|的话|場合|もし|なければ|ときは|時は|ない限り"
    r"|\b(?:cuando|a menos que|salvo|excepto|en caso de)\b|(?:^|[,;.]\s*)si\b|\b(?:wenn|falls|sofern|außer|andernfalls)\b|\b(?:lorsque|quand|sauf|sinon|à moins que)\b"
    r"|\b(?:quando|exceto|senão|a não ser que)\b|(?:^|[,;.]\s*)se\b|\b(?:если|когда|кроме|иначе|в случае)\b|إذا|عندما|ما لم|إلا|وإلا",
    _I,
)
NO_CONDITION = re.compile(
    r"\b(?:even if|as if|what if|and if so|see if|determine if|whether or not|know when|decide when|ask if|when and how|given-when-then|everything except)\b", _I
)
OUTPUT_CUE = _words(
    r"\b(?:output|respond|response|reply|return|answer|print|write|produce|provide|give|generate|format|present|emit|use|wrap|enclose)\w*\b.{0,60}\b(?:json|yaml|xml|csv|markdown|html|format|table|bullet(?:ed| points?)?s?|list|array|object|schema|code ?block|tags?|sections?|headings?|only|plain text|number|integer|score|string|one word|single word|label|words?|sentences?|paragraphs?|characters?|lines?|columns?)\b",
    r"\b(?:do not|don'?t|never|without|no)\b.{0,30}\b(?:output|include|add|return|wrap|explain|preamble|markdown|code ?blocks?|backticks|commentary|warnings|anything else|any other text)\b",
    r"\b(?:json|yaml|xml|csv)\b.{0,40}\b(?:format|object|array|schema|response|output|only|valid)\b", r"\b(?:format|structure|shape|length) (?:of|for) (?:the|your) (?:answer|response|output|reply)\b",
    r"\b(?:at most|no more than|maximum(?: of)?|fewer than|less than|between \d+ and|exactly|up to|limit\w*)\b.{0,24}\b(?:words?|sentences?|characters?|paragraphs?|bullets?|items?|lines?|pages?|queries|tokens)\b",
    r"\b(?:integer|number|score|rating|value) (?:between|from)\b", r"\b(?:in|as) (?:valid )?(?:markdown|json|yaml|xml|csv|html)\b", r"\b\d+[- ]word\b",
    r"输出|以.{0,10}格式|返回|字数|不超过|出力|形式で|文字以内|JSON",
    r"\bsalida\b|\bformato\b|\bausgabe\b|\bformat\b|\bсформат\w*|\bформат\w*|\bsaída\b|بصيغة|تنسيق",
)  # fmt: skip
ANSWER_VERB = re.compile(r"\b(?:output|respond|response|reply|return|answer|print|emit|format)\w*\b|输出|返回|回答|出力", _I)
IMPERATIVE = re.compile(
    r"^(?:\W*|\d+[.)]\s*|\*\*)*(?:please\s+|always\s+|never\s+|do not\s+|don'?t\s+|also\s+|then\s+|first\s+|finally\s+|next\s+|only\s+|ensure|make sure|be |you |your |use |avoid |write |create |generate |read |analy[sz]e |identify |extract |provide |include |keep |focus |follow |consider |review |check |return |output |respond |answer |think |take |list |summari[sz]e |describe |explain |determine |evaluate |classify |rate |translate |convert |add |remove |update |run |set |ask |tell |give |let |start |begin |end |stop |verify |validate |confirm |prefer |preserve |maintain |apply |act |assume |choose |select |pick |find |search |look |call |save |store |replace |limit |mention |refer |cite |quote |format |organize |break |combine |compare |define |design |develop |document |draft |edit |encourage |handle |highlight |ignore |implement |improve |incorporate |insert |install |note |offer |plan |present |prioritize |process |produce |rank |recommend |reference |report |rewrite |search|simplify |skip |speak |specify |split |state |structure |suggest |test |treat |try |understand |wait |work )",
    _I,
)
SECOND_PERSON = re.compile(r"\b(?:you|your|yours|you're|you'll)\b|你|您|请|あなた|してください|ください|\b(?:usted|debes|sie|du|vous|tu|você|вы|ты)\b|أنت|عليك", _I)
REASONING = _words(
    r"\bstep[- ]by[- ]step\b", r"\bchain of thought\b", r"\bthink (?:carefully|through|about|it through|hard|deeply)\b", r"\breason (?:through|about|step)\b", r"\bbefore (?:answering|you answer|responding|giving)\b",
    r"<(?:thinking|reasoning|scratchpad|analysis)>", r"\bdeeply contemplate\b", r"\b(?:take a )?deep breath\b", r"\bexplain your (?:reasoning|thinking)\b", r"\bshow your (?:work|reasoning)\b",
    r"一步一步|逐步|一步步|思考过程|ステップバイステップ|段階的に|paso a paso|schritt für schritt|étape par étape|passo a passo|шаг за шагом|خطوة بخطوة",
)  # fmt: skip
STRUCTURED = _words(r"\bjson\b", r"\byaml\b", r"\bxml\b", r"\bcsv\b")

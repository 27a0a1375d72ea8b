Subject: Postrider: <#if problems?size == 1>${problems[0].title}<#else>${problems?size} problems</#if>

<#list problems as problem>
<#if problems?size gt 1>${problem.title}
</#if>${problem.message}

What to do: ${problem.remedy}

</#list>
The monitor: ${monitor}

You get this because you are an admin. Each problem is told once; the monitor shows when it is over.

using Consultation.Web;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddDesk();

var app = builder.Build();
app.UseDesk();
app.MapDesk();
app.Run();
